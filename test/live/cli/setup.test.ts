import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { parse as parseJsonc } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveShop, password, startLive, stopLive } from '../support/live-shop.ts';
import { type PackedPackage, unpackHere } from '../support/packed.ts';

type Texts = Readonly<Record<string, string>>;

/**
 * How each client reads its own file: written here once more, on purpose, and not taken from
 * the table that the setup writes from.
 */
interface Habit {
  readonly file: string;
  readonly key: string;
  readonly url?: string;
  readonly headers?: string;
  /** What a client puts in the place of a reference in a value. */
  readonly reference?: RegExp;
}

const habits = {
  'claude-desktop': { file: '.config/Claude/claude_desktop_config.json', key: 'mcpServers' },
  'claude-code': { file: '.claude.json', key: 'mcpServers', url: 'url', reference: /\$\{(\w+)\}/ },
  cursor: { file: '.cursor/mcp.json', key: 'mcpServers', url: 'url', reference: /\$\{env:(\w+)\}/ },
  vscode: {
    file: '.config/Code/User/mcp.json',
    key: 'servers',
    url: 'url',
    reference: /\$\{input:([\w-]+)\}/,
  },
  windsurf: {
    file: '.codeium/windsurf/mcp_config.json',
    key: 'mcpServers',
    url: 'serverUrl',
    reference: /\$\{env:(\w+)\}/,
  },
  zed: { file: '.config/zed/settings.json', key: 'context_servers', url: 'url' },
  codex: {
    file: '.codex/config.toml',
    key: 'mcp_servers',
    url: 'url',
    headers: 'env_http_headers',
    reference: /^(\w+)$/,
  },
  gemini: {
    file: '.gemini/settings.json',
    key: 'mcpServers',
    url: 'httpUrl',
    reference: /\$\{?(\w+)\}?/,
  },
  jetbrains: { file: '.junie/mcp/mcp.json', key: 'mcpServers', url: 'url' },
  'copilot-cli': {
    file: '.copilot/mcp-config.json',
    key: 'mcpServers',
    url: 'url',
    reference: /\$\{(\w+)\}/,
  },
} as const satisfies Record<string, Habit>;

type Id = keyof typeof habits;
const ids = Object.keys(habits) as readonly Id[];
const remote = ids.filter((id) => 'url' in habits[id]);
const withReferences = remote.filter((id) => 'reference' in habits[id]);

let live: LiveShop;
let packed: PackedPackage;

beforeAll(async () => {
  [live, packed] = await Promise.all([startLive('5.2', {}), unpackHere()]);
  const login = await packed.run(['login', '--url', live.shop.adminUrl], {
    DJANGO_ADMIN_MCP_API_USERNAME: 'clerk',
    DJANGO_ADMIN_MCP_API_PASSWORD: password,
  });
  expect(login).toMatchObject({ code: 0, stderr: '' });
});

afterAll(async () => {
  await packed.remove();
  await stopLive(live);
});

const readBack = async (id: Id, name: string): Promise<Readonly<Record<string, unknown>>> => {
  const { file, key } = habits[id];
  const text = await readFile(join(packed.home, file), 'utf8');
  expect(text).not.toContain(password);
  const root: unknown = file.endsWith('.toml')
    ? parseToml(text)
    : id === 'vscode' || id === 'zed' || id === 'gemini'
      ? parseJsonc(text)
      : JSON.parse(text);
  return (root as Record<string, Record<string, Record<string, unknown>>>)[key]?.[name] ?? {};
};

/** The values with what the client knows in the place of references. */
const filledIn = (id: Id, values: unknown, known: Texts): Texts => {
  const { reference }: Habit = habits[id];
  return Object.fromEntries(
    Object.entries((values ?? {}) as Texts).map(([name, value]) => [
      name,
      reference === undefined
        ? value
        : value.replace(reference, (_, variable: string) => known[variable] ?? ''),
    ]),
  );
};

const use = async (client: Client): Promise<void> => {
  try {
    expect((await client.listTools()).tools).toHaveLength(18);
    const list = await client.callTool({
      name: 'admin_list',
      arguments: { app_label: 'catalog', model_name: 'product', search: 'oak' },
    });
    expect(list.isError).toBeFalsy();
    expect(JSON.stringify(list.structuredContent)).toContain('Oak stool');
  } finally {
    await client.close();
  }
};

const connectStdio = async (entry: Readonly<Record<string, unknown>>, env: Texts) => {
  const client = new Client({ name: 'host', version: '1' });
  await client.connect(
    new StdioClientTransport({
      command: String(entry['command']),
      args: entry['args'] as string[],
      // As little as the strictest clients hand on.
      env: { ...packed.env, ...env },
      cwd: packed.folder,
      stderr: 'ignore',
    }),
  );
  return client;
};

const connectHttp = async (url: string, headers: Texts) => {
  const client = new Client({ name: 'host', version: '1' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }),
  );
  return client;
};

describe('from the tarball, in an empty folder, what setup writes over stdio', () => {
  it.each(ids)('starts for %s as that client starts it', async (id) => {
    const setup = await packed.run(['setup', id, '--url', live.shop.adminUrl]);
    expect(setup).toMatchObject({ code: 0, stderr: '' });
    expect(setup.stdout).toContain('It uses the stored session of');
    const entry = await readBack(id, 'django-admin');
    await use(await connectStdio(entry, filledIn(id, entry['env'], {})));
    const check = await packed.run(['check', '--client', id]);
    expect(check).toMatchObject({ code: 0, stdout: expect.stringContaining('as it should be') });
  });

  it('has VS Code ask for the password, and nothing else knows it', async () => {
    const profile = ['--profile', 'asked'];
    const setup = await packed.run([
      ...['setup', 'vscode', '--name', 'asked', '--url', live.shop.adminUrl],
      ...[...profile, '--username', 'viewer'],
    ]);
    expect(setup.stdout).toContain('VS Code asks for the password');
    const entry = await readBack('vscode', 'asked');
    const env = filledIn('vscode', entry['env'], { 'asked-password': password });
    await use(await connectStdio(entry, env));
  });
});

describe('what setup writes for a running serve', () => {
  let server: ChildProcess;
  let url: string;
  let known: Texts;

  beforeAll(async () => {
    server = spawn(
      packed.program,
      ['serve', '--port', '0', '--url', live.shop.adminUrl, '--log-level', 'silent'],
      { cwd: packed.folder, env: packed.env, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const [line] = await once(server.stderr as NodeJS.ReadableStream, 'data');
    url = /http:\S+\/mcp\//.exec(String(line))?.[0] ?? '';
    const { stdout } = await packed.run(['headers', '--export', '--url', live.shop.adminUrl]);
    const [, cookie = '', csrf = ''] =
      /^export DJANGO_ADMIN_COOKIE='(.*)'\nexport DJANGO_ADMIN_CSRF=(.*)\n$/.exec(stdout) ?? [];
    known = {
      DJANGO_ADMIN_COOKIE: cookie,
      DJANGO_ADMIN_CSRF: csrf,
      'remote-cookie': cookie,
      'remote-csrf': csrf,
    };
  });

  afterAll(async () => {
    server.kill('SIGTERM');
    await once(server, 'exit');
  });

  const setUp = async (id: Id) => {
    const setup = await packed.run(['setup', id, '--name', 'remote', '--http', url]);
    expect(setup).toMatchObject({ code: 0, stderr: '' });
    const entry = await readBack(id, 'remote');
    const { url: key = '', headers: under = 'headers' }: Habit = habits[id];
    const address = String(entry[key]);
    expect(address).toBe(url);
    return { address, headers: filledIn(id, entry[under], known) };
  };

  it.each(withReferences)('works in %s with the session from where it says', async (id) => {
    const { address, headers } = await setUp(id);
    expect(Object.keys(headers)).toEqual(['Cookie', 'X-CSRFToken']);
    await use(await connectHttp(address, headers));
  });

  it.each(remote.filter((id) => !withReferences.includes(id)))(
    'holds no session for %s, which could only keep it in the file',
    async (id) => {
      const { address, headers } = await setUp(id);
      expect(headers).toEqual({});
      await expect(connectHttp(address, headers)).rejects.toThrow(/no valid admin session|401/);
      await use(
        await connectHttp(address, {
          Cookie: known['DJANGO_ADMIN_COOKIE'] ?? '',
          'X-CSRFToken': known['DJANGO_ADMIN_CSRF'] ?? '',
        }),
      );
    },
  );

  it('is refused for Claude Desktop, which skips URLs', async () => {
    const setup = await packed.run(['setup', 'claude-desktop', '--http', url]);
    expect(setup.code).toBe(1);
    expect(setup.stderr).toContain('Use stdio');
  });
});

describe('setup and the file that is there', () => {
  const file = () => join(packed.home, 'zed-settings.json');
  const before =
    '{\n  // mine\n  "context_servers": { "other": { "command": "x" } },\n  "tab": 4\n}\n';
  const setup = (...flags: readonly string[]) =>
    packed.run(['setup', 'zed', '--url', live.shop.adminUrl, '--file', file(), ...flags]);

  it('writes nothing with --print and --dry-run', async () => {
    await writeFile(file(), before);
    const print = await setup('--print');
    expect(Object.keys(JSON.parse(print.stdout))).toEqual(['context_servers']);
    const dry = await setup('--dry-run');
    expect(dry.stdout).toContain(`Would add "django-admin" in ${file()}`);
    expect(await readFile(file(), 'utf8')).toBe(before);
  });

  it('keeps the rest and a copy of what was there, once', async () => {
    await writeFile(file(), before);
    const first = await setup();
    const after = await readFile(file(), 'utf8');
    expect(after).toContain('// mine');
    expect(parseJsonc(after)).toMatchObject({
      context_servers: { other: { command: 'x' } },
      tab: 4,
    });
    const backup = /The file as it was: (.*\.bak)\n/.exec(first.stdout)?.[1] ?? '';
    expect(await readFile(backup, 'utf8')).toBe(before);
    const again = await setup();
    expect(again.stdout).toContain('already');
    expect(await readFile(file(), 'utf8')).toBe(after);
    const copies = (await readdir(dirname(file()))).filter((name) =>
      /^zed-settings.*\.bak$/.test(name),
    );
    expect(copies).toHaveLength(1);
  });

  it('leaves a broken file alone', async () => {
    await writeFile(file(), '{"context_servers": ');
    const { code, stderr } = await setup();
    expect([code, stderr]).toEqual([2, expect.stringContaining('not valid JSON')]);
    expect(await readFile(file(), 'utf8')).toBe('{"context_servers": ');
  });

  it('writes the project file of the folder that it runs in', async () => {
    await mkdir(join(packed.folder, '.vscode'), { recursive: true });
    await packed.run(['setup', 'vscode', '--scope', 'project', '--url', live.shop.adminUrl]);
    const text = await readFile(join(packed.folder, '.vscode', 'mcp.json'), 'utf8');
    expect(Object.keys(JSON.parse(text).servers)).toEqual(['django-admin']);
    const none = await packed.run([
      'setup',
      'windsurf',
      '--scope',
      'project',
      '--url',
      'http://x/',
    ]);
    expect(none.stderr).toContain('It has: user.');
  });

  it('says how to log in where no session is stored', async () => {
    const { stdout } = await setup(
      '--profile',
      'nobody',
      '--name',
      'nobody',
      '--file',
      `${file()}.new`,
    );
    expect(stdout).toContain(`login --url ${live.shop.adminUrl} --profile nobody`);
  });

  it('lists every client with its files', async () => {
    const { stdout } = await packed.run(['setup', '--list']);
    for (const id of ids) expect(stdout).toContain(join(packed.home, habits[id].file));
  });
});

describe('check --client', () => {
  it('finds what is wrong and exits with 1', async () => {
    const file = join(packed.home, 'wrong.json');
    await writeFile(
      file,
      JSON.stringify({
        servers: { strayed: { command: 'npx', args: ['-y', 'django-admin-mcp-api', 'stdio'] } },
        mcpServers: {
          'django-admin': {
            command: 'npx',
            args: ['django-admin-mcp-api', 'stdio', '--url', live.shop.adminUrl],
            env: { DJANGO_ADMIN_MCP_API_PASSWORD: password },
          },
        },
      }),
    );
    const { code, stdout } = await packed.run(['check', '--client', 'gemini', '--file', file]);
    expect(code).toBe(1);
    expect(stdout).toContain('"strayed" stands under "servers"');
    expect(stdout).toContain('lack "-y"');
    expect(stdout).toContain('PASSWORD stands in the file');
    expect(stdout).not.toContain(password);
  });

  it('says what to run where there is no file', async () => {
    const { code, stdout } = await packed.run(['check', '--client', 'cursor'], {
      HOME: join(packed.folder, 'nowhere'),
    });
    expect(code).toBe(1);
    expect(stdout).toContain('setup cursor --url');
  });
});
