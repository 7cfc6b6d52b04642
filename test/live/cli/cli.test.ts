import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environmentOf, prefix, type Ran, runBuilt } from '../support/built.ts';
import { type LiveShop, password, startLive, stopLive } from '../support/live-shop.ts';

let live: LiveShop;
let folder: string;

beforeAll(async () => {
  live = await startLive('5.2', { extras: ['rest-api'], env: { SHOP_REST_API: '1' } });
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
});

afterAll(async () => {
  await stopLive(live);
  await rm(folder, { recursive: true, force: true });
});

const run = (
  args: readonly string[],
  environment: Record<string, string> = {},
  input = '',
): Promise<Ran> => {
  const settings = {
    ADMIN_SITE: live.shop.adminUrl,
    SESSION_DIR: join(folder, 'sessions'),
    UPSTREAM: 'rest',
  };
  return runBuilt(args, { ...environmentOf(settings), ...environment }, input);
};

const as = (user: string, secret = password) => ({
  [`${prefix}USERNAME`]: user,
  [`${prefix}PASSWORD`]: secret,
});

describe('the command line', () => {
  it.each([
    ...['stdio', 'serve', 'setup', 'login', 'logout', 'whoami', 'call', 'tools', 'check'],
    ...['headers', 'completions'],
  ])('explains %s', async (command) => {
    const { code, stdout } = await run([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: django-admin-mcp-api ${command}`);
  });

  it('logs in, is somebody, calls a tool, and logs out on both sides', async () => {
    const login = await run(['login'], as('clerk'));
    expect(login).toMatchObject({ code: 0, stderr: '' });
    const [file] = await readdir(join(folder, 'sessions'));
    const stored = join(folder, 'sessions', file ?? '');
    expect((await stat(stored)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'sessions'))).mode & 0o777).toBe(0o700);
    const cookies = await readFile(stored, 'utf8');
    expect(cookies).not.toContain(password);

    const whoami = await run(['whoami', '--json']);
    expect(JSON.parse(whoami.stdout)).toMatchObject({ standing: 'staff' });

    const list = await run([
      'call',
      'list',
      '{"app_label": "catalog", "model_name": "product", "search": "oak"}',
    ]);
    expect(list.code).toBe(0);
    expect(JSON.parse(list.stdout).results.length).toBeGreaterThan(0);

    expect((await run(['logout'])).stdout).toContain('Logged out');
    expect((await run(['whoami'])).code).toBe(3);
    const sessionid = /sessionid[^}]*?"value": ?"([^"]+)"/.exec(cookies)?.[1] ?? 'not found';
    const replay = await run(['whoami'], { [`${prefix}COOKIE`]: `sessionid=${sessionid}` });
    expect(replay.code).toBe(3);
  });

  it('says what is wrong with a login, once, without the password', async () => {
    for (const [user, secret] of [
      ['clerk', 'wrong-secret'],
      ['retired', password],
      ['customer', password],
      ['nobody', 'wrong-secret'],
    ] as const) {
      const { code, stdout, stderr } = await run(['login'], as(user, secret));
      expect(code).toBe(3);
      expect(stdout + stderr).not.toContain(secret);
      expect(stderr).toMatch(/^error: .+\n {2}.+/s);
    }
  });

  it('takes a session cookie that was handed in', async () => {
    const caller = live.as('viewer');
    const signal = AbortSignal.timeout(10_000);
    await caller.send({ method: 'GET', path: '/admin/' }, signal);
    const rows = await live.inspector.ask({ model: 'auth.user', filter: { username: 'viewer' } });
    expect(rows['rows']).toHaveLength(1);
    const { cookies } = await import('../../../src/session/login.ts').then(({ login }) =>
      login(live.client, { username: 'viewer', password }, signal),
    );
    const id = cookies.find(({ name }) => name === 'sessionid')?.value ?? '';
    for (const cookie of [id, `sessionid=${id}`]) {
      const { code, stdout } = await run(['whoami', '--json'], { [`${prefix}COOKIE`]: cookie });
      expect(code).toBe(0);
      expect(stdout).not.toContain(id);
    }
  });

  it('reads arguments from stdin and refuses what is not JSON', async () => {
    const piped = await run(['call', 'registry', '-'], as('admin'), '{}');
    expect(piped.code).toBe(0);
    const broken = await run(['call', 'registry', '{'], as('admin'));
    expect(broken.code).toBe(2);
    expect(broken.stderr).toContain('not valid JSON');
  });

  it('leaves a line in the audit file of a call that is refused for its tool or its arguments', async () => {
    const file = join(folder, 'refused.jsonl');
    const audited = { ...as('clerk'), [`${prefix}AUDIT_FILE`]: file };
    for (const args of [
      ['lisst', '{}'],
      ['list', '{"app_label": "catalog", "page_number": 2}'],
      ['list', 'a canary'],
    ])
      expect((await run(['call', ...args], audited)).code).not.toBe(0);
    const written = await readFile(file, 'utf8');
    const lines = written.trim().split('\n');
    const refused = { client: 'call', admin: live.shop.adminUrl, outcome: 'refused' };
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { ...refused, tool: 'lisst', reason: 'missing' },
      { ...refused, tool: 'list', reason: 'input' },
      { ...refused, tool: 'list', reason: 'input' },
    ]);
    expect(written).not.toContain('canary');
  });

  it('exits with 1 when the admin refused, and prints what it said', async () => {
    const refused = await run(
      ['call', 'destroy', '{"app_label": "catalog", "model_name": "product", "pk": "1"}'],
      as('viewer'),
    );
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout).error).toBeDefined();
  });

  it('names an unknown flag, command, tool, setting and argument', async () => {
    for (const [args, environment, expected] of [
      [['whoami', '--urll', 'x'], {}, '--urll'],
      [['whomai'], {}, 'whoami'],
      [['call', 'lst'], {}, 'list'],
      [['tools', 'admin.retreive'], {}, 'retrieve'],
      [['whoami'], { [`${prefix}PROFIL`]: 'x' }, 'PROFILE'],
      [
        ['call', 'retrieve', '{"app_label": "a", "model_name": "b", "pk": "1", "pkk": 2}'],
        {},
        'pkk',
      ],
      [['whoami', '--url', 'ftp://x/'], {}, 'http'],
      [['serve', '--host', '0.0.0.0'], {}, '--allowed-hosts'],
    ] as const) {
      const { code, stderr } = await run(args, environment as Record<string, string>);
      expect(code).toBe(2);
      expect(stderr).toContain(expected);
    }
  });

  it('reads a configuration file with the keys of the seed', async () => {
    const file = join(folder, 'config.json');
    await writeFile(
      file,
      JSON.stringify({
        DJANGO_ADMIN_MCP_API: { DISABLED_TOOLS: ['admin.destroy'], TOOL_NAMES: 'dotted' },
      }),
    );
    const { stdout } = await run(['tools', '--config', file]);
    expect(stdout).toContain('admin.delete_preview');
    expect(stdout).not.toContain('admin.destroy');
  });

  it('takes an upstream of your own', async () => {
    const module = join(folder, 'upstream.mjs');
    await writeFile(
      module,
      `const names = ${JSON.stringify(['registry', 'schema', 'recent_actions', 'list', 'retrieve', 'add_form', 'form_spec', 'create', 'update', 'form_submit', 'destroy', 'bulk_update', 'autocomplete', 'action', 'history', 'delete_preview', 'set_password', 'panel'])};
       export default () => Object.fromEntries(names.map((name) => [name, async () => ({ status: 200, body: { mine: name } })]));`,
    );
    const { stdout } = await run(['call', 'registry', '--dispatcher-factory', module], as('clerk'));
    expect(JSON.parse(stdout)).toEqual({ mine: 'registry' });
    const missing = await run(
      ['call', 'registry', '--dispatcher-factory', './nowhere.mjs'],
      as('clerk'),
    );
    expect(missing.code).toBe(2);
  });
});

describe('check', () => {
  it('finds everything in order', async () => {
    const { code, stdout } = await run(['check'], as('clerk'));
    expect(stdout.match(/^ok /gm)).toHaveLength(6);
    expect(stdout).toContain('18 tools');
    expect(code).toBe(0);
  });

  it('warns of unknown names in DISABLED_TOOLS (W001) with the nearest', async () => {
    const { code, stdout } = await run(['check', '--disable-tools', 'admin.destory'], as('clerk'));
    expect(stdout).toContain('[W001]');
    expect(stdout).toContain('admin_destroy');
    expect(code).toBe(0);
  });

  it('says when ADMIN_SITE does not lead to an admin (E002)', async () => {
    const url = new URL('/products/', live.shop.adminUrl).href;
    const { code, stdout } = await run(['check', '--url', url], as('clerk'));
    expect(stdout).toContain('[E002]');
    expect(stdout).toContain('skipped');
    expect(code).toBe(1);
  });

  it('says when there is no usable upstream (E001)', async () => {
    const { code, stdout } = await run(['check', '--rest-path', '/nowhere/'], as('clerk'));
    expect(stdout).toContain('[E001]');
    expect(stdout).toContain('stock');
    expect(code).toBe(1);
  });

  it('says when nobody listens', async () => {
    const { code, stdout } = await run(
      ['check', '--url', 'http://127.0.0.1:9/admin/'],
      as('clerk'),
    );
    expect(stdout).toMatch(/ERROR.*127\.0\.0\.1:9/s);
    expect(code).toBe(1);
  });
});
