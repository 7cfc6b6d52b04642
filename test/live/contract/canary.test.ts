import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prefix, program } from '../support/built.ts';
import { type LiveShop, password, startLive, stopLive } from '../support/live-shop.ts';
import { cookieHeader, cookiesOf } from '../support/session.ts';

let live: LiveShop;
let folder: string;

beforeAll(async () => {
  live = await startLive('5.2', { extras: ['rest-api'], env: { SHOP_REST_API: '1' } });
  folder = await mkdtemp(join(tmpdir(), 'canary-'));
});

afterAll(async () => {
  await stopLive(live);
  await rm(folder, { recursive: true, force: true });
});

/** Secrets, which belong nowhere at all, and values, which belong into results alone. */
const secret = {
  header: 'canary-of-the-headers',
  loginField: 'canary-of-the-login-fields',
  newPassword: 'Canary-of-the-password-41',
  wrongPassword: 'Canary-of-a-wrong-password',
} as const;
const value = /canary of (?:a|the) \w+|Y2FuYXJ5IG9m/;
const base64 = Buffer.from('canary of a file').toString('base64');

const tag = { app_label: 'catalog', model_name: 'tag' };
const specimen = { app_label: 'lab', model_name: 'specimen' };
const mailbox = { app_label: 'ops', model_name: 'mailbox' };

/** Reads and writes, calls that are refused before and by the admin, and calls that fail. */
const calls: readonly (readonly [string, object])[] = [
  ['admin_registry', {}],
  ['admin_list', { ...tag, search: 'canary of a search' }],
  ['admin_list', { ...tag, filters: { name__startswith: 'canary of a filter' } }],
  ['admin_retrieve', { ...tag, pk: '3' }],
  ['admin_create', { ...tag, data: { name: 'canary of a value', slug: 'canary' } }],
  ['admin_create', { ...tag, data: { name: 'canary of a value', slug: 'no canary of a slug' } }],
  ['admin_update', { ...tag, pk: '2', data: { name: 'canary of the update' } }],
  ['admin_update', { ...tag, pk: '2', data: { 'canary of a name': 1 } }],
  ['admin_update', { ...tag, pk: 2, data: ['canary of a list'] }],
  ['admin_update', { ...tag, pk: '2', data: { name: 'x' }, version: 'canary of a version' }],
  [
    'admin_update',
    { ...specimen, pk: '1', data: { file: { file: { name: 'a.txt', content_base64: base64 } } } },
  ],
  ['admin_update', { ...mailbox, pk: '1', data: { secret_word: 'canary of a secret' } }],
  [
    'admin_set_password',
    { app_label: 'auth', model_name: 'user', pk: '5', password: secret.newPassword },
  ],
  [
    'admin_set_password',
    { app_label: 'auth', model_name: 'user', pk: '999', password: secret.newPassword },
  ],
  ['admin_destroy', { ...tag, pk: '999' }],
  [
    'admin_action',
    { ...specimen, action_name: 'raise_error', pks: ['1'], inputs: { a: 'canary of an input' } },
  ],
  ['admin_nothing', { a: 'canary of an argument' }],
];

interface Sinks {
  stderr: string;
  /** Answers, one a line. */
  readonly answers: string[];
}

const commandLineOf = ({ pid }: ChildProcess): Promise<string> =>
  readFile(`/proc/${pid}/cmdline`, 'utf8');

const environment = (upstream: string, more: Record<string, string> = {}) => ({
  PATH: process.env['PATH'] ?? '',
  [`${prefix}ADMIN_SITE`]: live.shop.adminUrl,
  [`${prefix}UPSTREAM`]: upstream,
  [`${prefix}LOG_LEVEL`]: 'debug',
  [`${prefix}CONFIRM`]: 'never',
  [`${prefix}AUDIT_FILE`]: join(folder, `${upstream}.jsonl`),
  [`${prefix}HEADERS`]: `X-Canary=${secret.header}`,
  ...more,
});

const errorsIn = (answers: readonly string[]): string =>
  answers
    .flatMap((line) => {
      const { error, result } = JSON.parse(line) as {
        error?: object;
        result?: { isError?: boolean; content: { text: string }[] };
      };
      if (error !== undefined) return [error];
      if (result?.isError !== true) return [];
      // What the admin itself says of a field is its answer, and not an error of ours.
      const { error: own } = JSON.parse(result.content[0]?.text ?? '{}') as {
        error?: { message?: string; hint?: string };
      };
      return [{ message: own?.message, hint: own?.hint }];
    })
    .map((each) => JSON.stringify(each))
    .join('\n');

const expectNone = async (
  upstream: string,
  { stderr, answers }: Sinks,
  commandLine: string,
  more: readonly string[],
): Promise<void> => {
  const audit = await readFile(join(folder, `${upstream}.jsonl`), 'utf8');
  const secrets = [...Object.values(secret), password, ...more];
  for (const text of secrets)
    for (const sink of [stderr, audit, commandLine, answers.join('\n')])
      expect(sink).not.toContain(text);
  for (const sink of [stderr, audit, commandLine, errorsIn(answers)])
    expect(sink.match(value)?.[0]).toBeUndefined();
};

describe.each(['stock', 'rest'])('secrets and values, upstream %s', (upstream) => {
  it('reach no log, no audit and no process list over stdio', async () => {
    const sessions = join(folder, `sessions-${upstream}`);
    const child = spawn(process.execPath, [program, 'stdio'], {
      env: environment(upstream, {
        [`${prefix}USERNAME`]: 'admin',
        [`${prefix}PASSWORD`]: password,
        [`${prefix}LOGIN_FIELDS`]: `otp=${secret.loginField}`,
        [`${prefix}SESSION_DIR`]: sessions,
      }),
    });
    const sinks: Sinks = { stderr: '', answers: [] };
    child.stderr.on('data', (chunk) => {
      sinks.stderr += chunk;
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const send = (message: object | string): void => {
      child.stdin.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`);
    };
    const ask = async (id: number, method: string, params: object): Promise<void> => {
      send({ jsonrpc: '2.0', id, method, params });
      const { value: line } = (await lines.next()) as { value: string };
      sinks.answers.push(line);
    };
    await ask(1, 'initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'canary-test', version: '1' },
    });
    send('{"jsonrpc": "2.0", "canary of a line');
    send({ jsonrpc: '2.0', canary: 'canary of a message' });
    for (const [index, [name, given]] of calls.entries())
      await ask(index + 2, 'tools/call', { name, arguments: given });
    const commandLine = await commandLineOf(child);
    child.stdin.end();
    await once(child, 'exit');
    expect(sinks.stderr.match(/mcp\.tools_call/g)).toHaveLength(calls.length);
    const [file = ''] = await readdir(sessions);
    const { cookies } = JSON.parse(await readFile(join(sessions, file), 'utf8')) as {
      cookies: { value: string }[];
    };
    expect(cookies.length).toBeGreaterThan(0);
    await expectNone(
      upstream,
      sinks,
      commandLine,
      cookies.map((cookie) => cookie.value),
    );
  });

  it('reach no log, no audit and no process list over HTTP', async () => {
    const child = spawn(process.execPath, [program, 'serve', '--port', '0'], {
      env: environment(upstream),
    });
    const sinks: Sinks = { stderr: '', answers: [] };
    const url = await new Promise<string>((resolve) => {
      child.stderr.on('data', (chunk) => {
        sinks.stderr += chunk;
        const [, found] = /MCP: (\S+)/.exec(sinks.stderr) ?? [];
        if (found !== undefined) resolve(found);
      });
    });
    const cookies = await cookiesOf(live, 'admin');
    const cookie = cookieHeader(cookies);
    const token = cookies.find(({ name }) => name === 'csrftoken')?.value ?? '';
    const post = async (body: string, headers: Record<string, string> = {}): Promise<string> => {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          cookie,
          'x-csrftoken': token,
          'content-type': 'application/json',
          'x-canary': secret.header,
          ...headers,
        },
        body,
      });
      return response.text();
    };
    for (const [id, [name, given]] of calls.entries())
      sinks.answers.push(
        await post(
          JSON.stringify({
            jsonrpc: '2.0',
            id,
            method: 'tools/call',
            params: { name, arguments: given },
          }),
        ),
      );
    await post('{"canary of a body');
    await post('{}', { cookie: `sessionid=${secret.wrongPassword}` });
    await post('{}', { 'x-csrftoken': secret.wrongPassword });
    await fetch(new URL(`../api/v1/catalog/tag/?q=canary of a query&canary of a name=1`, url), {
      headers: { cookie },
    });
    const commandLine = await commandLineOf(child);
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(sinks.stderr).toContain('mcp.tools_call');
    await expectNone(
      upstream,
      sinks,
      commandLine,
      cookies.map((each) => each.value),
    );
  });

  it('reach no log and no error of a login that Django refuses', async () => {
    const child = spawn(process.execPath, [program, 'call', 'registry'], {
      env: environment(upstream, {
        [`${prefix}USERNAME`]: 'admin',
        [`${prefix}PASSWORD`]: secret.wrongPassword,
        [`${prefix}LOGIN_FIELDS`]: `otp=${secret.loginField}`,
        [`${prefix}SESSION_DIR`]: join(folder, `refused-${upstream}`),
      }),
    });
    const sinks: Sinks = { stderr: '', answers: [] };
    child.stderr.on('data', (chunk) => {
      sinks.stderr += chunk;
    });
    await once(child, 'exit');
    expect(sinks.stderr).toContain('error:');
    await expectNone(upstream, sinks, '', []);
  });
});
