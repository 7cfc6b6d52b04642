import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import {
  environmentPrefix,
  type OptionKey,
  optionKeys,
  optionSpec,
} from '../../../src/config/options.ts';
import { loadSites } from '../../../src/config/sites.ts';
import { GatewayError } from '../../../src/operations/errors.ts';

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof GatewayError)
      return `${error.reason}: ${error.message} ${error.hint ?? ''}`;
  }
  return 'no GatewayError';
};

describe('settings', () => {
  it('have the defaults of the seed', () => {
    const settings = loadSettings({});
    expect(settings.SERVER_NAME).toBe('django-admin');
    expect(settings.SERVER_VERSION).toBeNull();
    expect(settings.MAX_REQUEST_BYTES).toBe(262_144);
    expect(settings.DISABLED_TOOLS).toEqual([]);
    expect(settings.DISPATCHER_FACTORY).toBeNull();
  });

  it('take a flag over the environment over the file over the default', () => {
    const file = { PORT: 1, HOST: 'file', SERVER_NAME: 'file' };
    const environment = { [`${environmentPrefix}PORT`]: '2', [`${environmentPrefix}HOST`]: 'env' };
    const settings = loadSettings({ file, environment, flags: { PORT: ['3'] } });
    expect([settings.PORT, settings.HOST, settings.SERVER_NAME]).toEqual([3, 'env', 'file']);
  });

  it("take the seed's nesting in the file", () => {
    const file = { DJANGO_ADMIN_MCP_API: { DISABLED_TOOLS: ['admin.destroy'] } };
    expect(loadSettings({ file }).DISABLED_TOOLS).toEqual(['admin.destroy']);
  });

  it('refuse an unknown key of the file with the nearest known one', () => {
    expect(messageOf(() => loadSettings({ file: { DISABLED_TOOL: [] } }))).toContain(
      'DISABLED_TOOLS',
    );
  });

  it('refuse an unknown variable with the nearest known one', () => {
    const environment = { [`${environmentPrefix}UPSTREEM`]: 'rest' };
    expect(messageOf(() => loadSettings({ environment }))).toContain(
      `${environmentPrefix}UPSTREAM`,
    );
  });

  it.each([
    ['PORT', '70000', 'whole number from 0 to 65535'],
    ['PORT', '1e3', 'whole number'],
    ['UPSTREAM', 'htm', 'one of stock, rest'],
    ['HEADERS', 'X-No-Value', 'NAME=VALUE'],
  ] as const)('refuse %s=%s', (key, text, expected) => {
    const environment = { [environmentPrefix + key]: text };
    expect(messageOf(() => loadSettings({ environment }))).toContain(expected);
  });

  it('stay read-only where any source says so', () => {
    const on = { flags: { READ_ONLY: ['true'] } };
    const environment = { [`${environmentPrefix}READ_ONLY`]: 'no' };
    expect(loadSettings({ environment, file: { READ_ONLY: true } }).READ_ONLY).toBe(true);
    expect(loadSettings({ ...on, environment, file: { READ_ONLY: false } }).READ_ONLY).toBe(true);
    expect(loadSettings({ environment }).READ_ONLY).toBe(false);
    const sites = [{ name: 'a', ADMIN_SITE: 'http://a/', READ_ONLY: false }];
    const [site] = loadSites({ file: { READ_ONLY: true, sites } });
    expect(site?.settings.READ_ONLY).toBe(true);
  });

  it('refuse globs that are none, wherever they stand', () => {
    const environment = { [`${environmentPrefix}EXCLUDE_FIELDS`]: 'people.person.ssn,salary' };
    expect(messageOf(() => loadSettings({ environment }))).toContain('"salary"');
    expect(messageOf(() => loadSettings({ file: { MODELS: ['a.b.c'] } }))).toContain('"a.b.c"');
    const flags = { EXCLUDE_MODELS: ['auth.*', 'sales.*,*.payment'] };
    expect(loadSettings({ flags }).EXCLUDE_MODELS).toEqual(['auth.*', 'sales.*', '*.payment']);
  });

  it('never repeat a secret in an error', () => {
    const environment = { [`${environmentPrefix}LOGIN_FIELDS`]: 'hunter2' };
    expect(messageOf(() => loadSettings({ environment }))).not.toContain('hunter2');
  });

  it('have no flag for what must not show in a process list', () => {
    const secrets = optionKeys.filter((key) => optionSpec(key).secret === true);
    expect(secrets).toEqual(['PASSWORD', 'LOGIN_FIELDS', 'COOKIE', 'SIGNING_KEY']);
    for (const key of secrets) expect(optionSpec(key).flag).toBeUndefined();
  });

  it('read the same list from text and from JSON', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z_.]{1,12}$/)), (names) => {
        const environment = { [`${environmentPrefix}DISABLED_TOOLS`]: names.join(' , ') };
        expect(loadSettings({ environment }).DISABLED_TOOLS).toEqual(names);
        expect(loadSettings({ file: { DISABLED_TOOLS: names } }).DISABLED_TOOLS).toEqual(names);
      }),
    );
  });

  it('answer any text and any JSON with settings or a config error', () => {
    const keys = fc.constantFrom<OptionKey>(...optionKeys);
    fc.assert(
      fc.property(keys, fc.string(), fc.jsonValue(), (key, text, json) => {
        for (const load of [
          () => loadSettings({ environment: { [environmentPrefix + key]: text } }),
          () => loadSettings({ file: { [key]: json } }),
          () => loadSettings({ file: json }),
        ])
          try {
            load();
          } catch (error) {
            expect(error).toBeInstanceOf(GatewayError);
            expect((error as GatewayError).reason).toBe('config');
          }
      }),
    );
  });
});
