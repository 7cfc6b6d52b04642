import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LiveShop, password, startLive, stopLive } from '../support/live-shop.ts';

const root = resolve(import.meta.dirname, '../../..');
const program = join(root, 'dist', 'main.js');
const examples = join(root, 'examples', 'headless-client');

let live: LiveShop;
let server: ChildProcess;
let gateway: string;

beforeAll(async () => {
  live = await startLive('5.2', {});
  server = spawn(
    process.execPath,
    [program, 'serve', '--port', '0', '--url', live.shop.adminUrl, '--log-level', 'silent'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const [line] = await once(server.stderr as NodeJS.ReadableStream, 'data');
  gateway = /(http:\S+)\/mcp\//.exec(String(line))?.[1] ?? '';
});

afterAll(async () => {
  server.kill('SIGTERM');
  await once(server, 'exit');
  await stopLive(live);
});

const run = async (
  [command, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
) => {
  const child = spawn(command, args, {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { code: code as number, stdout, stderr };
};

const sessions = async (): Promise<number> => {
  const { rows } = await live.inspector.ask({ model: 'sessions.session', fields: [] });
  return (rows as readonly unknown[]).length;
};

const clients = {
  'call.sh': ['sh', join(examples, 'call.sh')],
  'client.mjs': [process.execPath, join(examples, 'client.mjs')],
  'client.py': ['python3', join(examples, 'client.py')],
} as const;

describe.each(Object.entries(clients))('the headless client %s', (_, command) => {
  const as = (secret: string) => ({
    GATEWAY: gateway,
    ADMIN_USER: 'clerk',
    ADMIN_PASSWORD: secret,
  });

  it('logs in, calls a tool and leaves no session', async () => {
    const before = await sessions();
    const { code, stdout, stderr } = await run([...command, 'oak'], as(password));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Oak stool');
    expect(stdout).not.toContain('Walnut');
    expect(await sessions()).toBe(before);
  });

  it('fails where the login is refused, and shows no password', async () => {
    const { code, stdout, stderr } = await run([...command, 'oak'], as('wrong "secret\\'));
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain('invalid_credentials');
    expect(stdout + stderr).not.toContain('wrong');
  });
});

describe('the CI job', () => {
  const job = (product: string) =>
    run(['sh', join(examples, 'ci-job.sh'), product], {
      MCP: `${process.execPath} ${program}`,
      DJANGO_ADMIN_MCP_API_ADMIN_SITE: live.shop.adminUrl,
      DJANGO_ADMIN_MCP_API_USERNAME: 'clerk',
      DJANGO_ADMIN_MCP_API_PASSWORD: password,
    });

  it('passes and fails with what it finds, and ends its session', async () => {
    const before = await sessions();
    expect(await job('oak')).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+ prod/) });
    expect(await job('no such thing')).toMatchObject({
      code: 1,
      stdout: '0 products match "no such thing".\n',
    });
    expect(await sessions()).toBe(before);
  });
});
