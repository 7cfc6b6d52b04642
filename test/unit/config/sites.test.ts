import { describe, expect, it } from 'vitest';
import { environmentPrefix } from '../../../src/config/options.ts';
import { loadSites, oneSite } from '../../../src/config/sites.ts';
import { GatewayError } from '../../../src/operations/errors.ts';

const staff = { name: 'staff', ADMIN_SITE: 'https://shop.example/admin/', PREFIX: '/staff/' };
const partner = {
  name: 'partner',
  ADMIN_SITE: 'https://shop.example/partner/',
  PREFIX: '/partner/',
  READ_ONLY: true,
};

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof GatewayError) return `${error.message} ${error.hint ?? ''}`;
  }
  return 'no GatewayError';
};

describe('sites', () => {
  it('are one, named default, without the key', () => {
    const sites = loadSites({ file: { ADMIN_SITE: staff.ADMIN_SITE } });
    expect(sites.map(({ name, settings }) => [name, settings.PREFIX])).toEqual([['default', '/']]);
  });

  it("take the file's other keys as defaults, and their own over them", () => {
    const sites = loadSites({
      file: { TIMEOUT_MS: 5000, READ_ONLY: false, sites: [staff, partner] },
    });
    expect(
      sites.map(({ name, settings }) => [name, settings.TIMEOUT_MS, settings.READ_ONLY]),
    ).toEqual([
      ['staff', 5000, false],
      ['partner', 5000, true],
    ]);
  });

  it.each([
    ['a list', { sites: {} }, 'must be a list'],
    ['a name', { sites: [{ ...staff, name: 'a b' }] }, 'needs a "name"'],
    ['an admin', { sites: [{ name: 'x' }] }, 'has no ADMIN_SITE'],
    ['known keys', { sites: [{ ...staff, READONLY: true }] }, 'READ_ONLY'],
    ['nothing of the process', { sites: [{ ...staff, PORT: 1 }] }, 'same for all sites'],
    ['names of their own', { sites: [staff, { ...partner, name: 'staff' }] }, 'same name'],
    ['places of their own', { sites: [staff, { ...partner, PREFIX: '/staff/' }] }, 'same PREFIX'],
  ])('need %s', (_, file, message) => {
    expect(messageOf(() => loadSites({ file }))).toContain(message);
  });

  it('cannot all be given one address from outside', () => {
    const file = { sites: [staff, partner] };
    expect(messageOf(() => loadSites({ file, flags: { ADMIN_SITE: ['x'] } }))).toContain(
      'ADMIN_SITE',
    );
    const environment = { [`${environmentPrefix}PREFIX`]: '/x/' };
    expect(messageOf(() => loadSites({ file, environment }))).toContain('PREFIX');
  });

  it('are chosen by name where a command needs one', () => {
    const sites = loadSites({ file: { sites: [staff, partner] } });
    expect(oneSite(sites, 'partner').ADMIN_SITE).toBe(partner.ADMIN_SITE);
    expect(messageOf(() => oneSite(sites, undefined))).toContain('--site staff | partner');
    expect(messageOf(() => oneSite(sites, 'partners'))).toContain('"partner"');
  });
});
