import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { environmentOf, prefix, program, runBuilt } from '../support/built.ts';
import { describeShops, type LiveShop, password, type UserName } from '../support/live-shop.ts';
import { cookiesOf } from '../support/session.ts';
import { atTerminal } from '../support/terminal.ts';

const code = '246810';

const inFolder = async <T>(body: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'login-'));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const runIn =
  (folder: string) =>
  (args: readonly string[], env: Readonly<Record<string, string>> = {}, input = '') =>
    runBuilt(args, { ...environmentOf({ SESSION_DIR: folder }), ...env }, input);

const as = (user: string) => ({ [`${prefix}USERNAME`]: user, [`${prefix}PASSWORD`]: password });

/** What a person would copy from the browser's cookies. */
const sessionOf = async (live: LiveShop, user: UserName): Promise<string> =>
  (await cookiesOf(live, user)).find(({ name }) => name === 'sessionid')?.value ?? '';

await describeShops('login', {}, (live) => {
  it.each([
    ['beside the password', '/backoffice/'],
    ['on a page of its own', '/vault/'],
  ])('takes a one-time code that the site asks for %s', (_, path) =>
    inFolder(async (folder) => {
      const run = runIn(folder);
      const url = ['--url', `${live().shop.url}${path}`];
      const without = await run(['login', ...url], as('clerk'));
      expect(without.code).toBe(3);
      expect(without.stderr).toMatch(/--otp|otp=/);
      const wrong = await run(['login', ...url, '--otp', '000000'], as('clerk'));
      expect(wrong.code).toBe(3);
      expect(await readdir(folder)).toEqual([]);
      const right = await run(['login', ...url, '--otp', code], as('clerk'));
      expect(right).toMatchObject({ code: 0, stderr: '' });
      expect((await run(['whoami', ...url])).code).toBe(0);
    }),
  );

  it('says that the code was wrong, and not the password', () =>
    inFolder(async (folder) => {
      const { stderr } = await runIn(folder)(
        ['login', '--url', `${live().shop.url}/vault/`, '--otp', '000000'],
        as('clerk'),
      );
      expect(stderr).toContain('The password was taken, but not the one-time code');
      expect(stderr).toContain('Invalid token.');
      expect(stderr).not.toContain(password);
    }));

  it('takes a cookie from a file, from stdin and from a command, and tries it first', () =>
    inFolder(async (folder) => {
      const run = runIn(folder);
      const url = ['--url', live().shop.adminUrl];
      const id = await sessionOf(live(), 'viewer');
      const file = join(folder, 'cookie.txt');
      await writeFile(file, `Cookie: sessionid=${id}; theme=dark\n`);
      await chmod(file, 0o600);
      for (const [flags, input] of [
        [['--cookie-file', file], ''],
        [['--cookie-file', '-'], `${id}\n`],
        [['--cookie-command', `cat "${file}"`], ''],
      ] as const) {
        const ran = await run(['login', ...url, '--profile', 'cookie', ...flags], {}, input);
        expect(ran).toMatchObject({ code: 0, stderr: '' });
        expect(ran.stdout).not.toContain(id);
        expect((await run(['whoami', ...url, '--profile', 'cookie'])).code).toBe(0);
      }
    }));

  it('stores nothing that Django does not take for staff', () =>
    inFolder(async (folder) => {
      const run = runIn(folder);
      const url = ['--url', live().shop.adminUrl];
      for (const [flags, said] of [
        [['--cookie-command', 'echo sessionid=0123456789abcdef'], 'does not reach the admin'],
        [['--cookie-command', 'echo'], 'no cookie'],
        [['--cookie-command', 'echo secret-canary; exit 1'], 'cookie command failed'],
        [['--cookie-file', join(folder, 'nowhere')], 'cannot be read'],
        [['--cookie'], 'no terminal to ask for the cookie'],
        [[], 'no terminal to ask for the password'],
      ] as const) {
        const { code: exit, stdout, stderr } = await run(['login', ...url, ...flags]);
        expect([exit > 0, stderr]).toEqual([true, expect.stringContaining(said)]);
        expect(stdout + stderr).not.toContain('secret-canary');
      }
      expect(await readdir(folder)).toEqual([]);
    }));

  it('asks a person for what it needs, and shows neither password nor cookie', () =>
    inFolder(async (folder) => {
      const env = { [`${prefix}SESSION_DIR`]: folder };
      const login = [process.execPath, program, 'login', '--url'];
      const byCode = await atTerminal([...login, `${live().shop.url}/vault/`], env, [
        ['User name', 'clerk'],
        ['Password', password],
        ['One-time code', code],
      ]);
      expect(byCode.code).toBe(0);
      expect(byCode.screen).toContain('Logged in to');
      expect(byCode.screen).not.toContain(password);
      const id = await sessionOf(live(), 'viewer');
      const byCookie = await atTerminal([...login, live().shop.adminUrl, '--cookie'], env, [
        ['Cookie of the session', `sessionid=${id}`],
      ]);
      expect(byCookie.code).toBe(0);
      expect(byCookie.screen).not.toContain(id);
      const stopped = await atTerminal([...login, live().shop.adminUrl], env, [
        ['User name', '\u0003'],
      ]);
      expect(stopped.code).toBe(130);
      expect(stopped.screen).toContain('Nothing was sent to Django.');
    }));

  it('keeps profiles side by side, and logout ends one of them in Django', () =>
    inFolder(async (folder) => {
      const run = runIn(folder);
      const of = (profile: string) => ['--url', live().shop.adminUrl, '--profile', profile];
      for (const user of ['clerk', 'viewer'])
        expect((await run(['login', ...of(user)], as(user))).code).toBe(0);
      const files = await readdir(folder);
      expect(files).toHaveLength(2);
      const stored = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
      const clerks = stored.find((content) => content.includes('"profile": "clerk"')) ?? '';
      const id = /"sessionid",\s*"value": "([^"]+)"/.exec(clerks)?.[1] ?? '';
      expect(id).not.toBe('');
      expect((await run(['logout', ...of('clerk')])).stdout).toContain('Logged out');
      expect((await run(['whoami', ...of('clerk')])).code).toBe(3);
      expect((await run(['whoami', ...of('viewer')])).code).toBe(0);
      const replayed = await run(['whoami', '--url', live().shop.adminUrl], {
        [`${prefix}COOKIE`]: `sessionid=${id}`,
      });
      expect(replayed.code).toBe(3);
    }));

  it('says aloud that a file is used where there is no keychain', () =>
    inFolder(async (folder) => {
      const { code: exit, stderr } = await runIn(folder)(
        ['login', '--keychain', '--url', live().shop.adminUrl],
        as('clerk'),
      );
      expect([exit, stderr]).toEqual([0, expect.stringContaining('keyring is not installed')]);
      expect(await readdir(folder)).toHaveLength(1);
    }));

  it('gives programs the headers of the stored session, and renews it first', () =>
    inFolder(async (folder) => {
      const run = runIn(folder);
      const url = ['--url', live().shop.adminUrl];
      const none = await run(['headers', ...url]);
      expect([none.code, none.stdout]).toEqual([3, '']);
      const { stdout } = await run(['headers', ...url], as('clerk'));
      const headers = JSON.parse(stdout) as Record<string, string>;
      expect(Object.keys(headers)).toEqual(['Cookie', 'X-CSRFToken']);
      const page = await fetch(live().shop.adminUrl, {
        headers: { cookie: headers['Cookie'] ?? '' },
        redirect: 'manual',
      });
      expect(page.status).toBe(200);
    }));
});
