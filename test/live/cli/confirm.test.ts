import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { prefix, program } from '../support/built.ts';
import { type LiveShop, password, startLive, stopLive } from '../support/live-shop.ts';

let live: LiveShop;
let folder: string;

beforeAll(async () => {
  live = await startLive('5.2', { env: { SHOP_REST_API: '0' } });
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
});

afterAll(async () => {
  await stopLive(live);
  await rm(folder, { recursive: true, force: true });
});

const environment = (more: Record<string, string>) => ({
  PATH: process.env['PATH'] ?? '',
  [`${prefix}ADMIN_SITE`]: live.shop.adminUrl,
  [`${prefix}SESSION_DIR`]: folder,
  [`${prefix}USERNAME`]: 'admin',
  [`${prefix}PASSWORD`]: password,
  ...more,
});

const tag = (pk: string) => ({ app_label: 'catalog', model_name: 'tag', pk });

const isThere = async (pk: string): Promise<boolean> =>
  (await live.inspector.ask({ count: 'catalog.tag', filter: { pk } }))['count'] === 1;

/** Python's own pseudo-terminal: what its program prints comes out, and the exit code with it. */
const terminal = [
  '-c',
  'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))',
  ...['sh', '-c', 'stty cols 120; exec "$@"', 'sh'],
];

/** Runs `call destroy`, and presses a key once it asks. */
const run = async (given: object, key?: string, more: Record<string, string> = {}) => {
  const args = [program, 'call', 'destroy', JSON.stringify(given)];
  const options = { env: environment(more), timeout: 30_000 };
  const child =
    key === undefined
      ? spawn(process.execPath, args, options)
      : spawn('python3', [...terminal, process.execPath, ...args], options);
  const written = { stdout: '', stderr: '' };
  let pressed = false;
  for (const name of ['stdout', 'stderr'] as const)
    child[name].on('data', (chunk) => {
      written[name] += chunk;
      if (key === undefined || pressed || !written.stdout.includes('cannot be undone')) return;
      pressed = true;
      child.stdin.write(key);
    });
  if (key === undefined) child.stdin.end();
  const [code] = await once(child, 'close');
  return { code: code as number, ...written };
};

it('asks at a terminal, and does it after a yes', async () => {
  const { code, stdout } = await run(tag('1'), 'y');
  expect(stdout).toContain('Delete catalog.tag "');
  expect(stdout).toContain('"deleted": true');
  expect(code).toBe(0);
  expect(await isThere('1')).toBe(false);
});

it.each([
  ['n', 'declined'],
  ['\r', 'declined'],
  ['\u0003', 'cancelled'],
])('does nothing after %j', async (key, said) => {
  const { code, stdout } = await run(tag('2'), key);
  expect(stdout).toContain(said);
  expect(code).toBe(1);
  expect(await isThere('2')).toBe(true);
});

it('prints what has to be agreed to where there is no terminal, for a script to go on', async () => {
  const bare = await run(tag('3'));
  expect(bare.code).toBe(1);
  expect(JSON.parse(bare.stdout)).toMatchObject({ error: { code: 'confirmation_required' } });
  expect(bare.stderr).toContain('SIGNING_KEY');

  const key = { [`${prefix}SIGNING_KEY`]: 'what all runs of a script have in common' };
  const first = await run(tag('3'), undefined, key);
  expect(first.stderr).toBe('');
  const { confirm_token } = JSON.parse(first.stdout) as { confirm_token: string };
  const second = await run({ ...tag('3'), confirm_token }, undefined, key);
  expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining('"deleted": true') });
  expect(await isThere('3')).toBe(false);
});

it('does not start with a signing key that is none', async () => {
  const { code, stderr } = await run(tag('4'), undefined, { [`${prefix}SIGNING_KEY`]: 'short' });
  expect(code).toBe(2);
  expect(stderr).toContain('SIGNING_KEY');
  expect(stderr).not.toContain('short"');
});
