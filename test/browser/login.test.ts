import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimPort } from '../../scripts/lib/port.mjs';
import { findBrowser } from '../../src/session/browser/find.ts';
import { type LiveShop, password, startLive, stopLive } from '../live/support/live-shop.ts';
import { quietFlags } from './chromium.ts';
import { personAt } from './person.ts';

const program = join(import.meta.dirname, '../../dist/main.js');

let live: LiveShop;
let folder: string;
let temporary: string;

beforeAll(async () => {
  live = await startLive('5.2', {});
  folder = await mkdtemp(join(tmpdir(), 'browser-'));
  temporary = join(folder, 'tmp');
  await mkdir(temporary);
});

afterAll(async () => {
  await stopLive(live);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

type Login = ChildProcessByStdio<null, Readable, Readable>;

const start = (path: string, port: number): Login =>
  spawn(
    process.execPath,
    [
      ...[program, 'login', '--browser', '--url', `${live.shop.url}${path}`],
      ...[...quietFlags, `--remote-debugging-port=${port}`].map((flag) => `--browser-arg=${flag}`),
    ],
    {
      env: {
        PATH: process.env['PATH'] ?? '',
        HOME: folder,
        TMPDIR: temporary,
        DJANGO_ADMIN_MCP_API_SESSION_DIR: join(folder, 'sessions'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );

const outcome = async (login: Login) => {
  const [stdout, stderr, [code]] = await Promise.all([
    text(login.stdout),
    text(login.stderr),
    once(login, 'exit'),
  ]);
  return { code: code as number, stdout, stderr };
};

const withPort = async <T>(body: (port: number) => Promise<T>): Promise<T> => {
  const { port, release } = await claimPort();
  release();
  return body(port);
};

describe('login --browser', () => {
  it('finds a browser on this machine', () => {
    expect(existsSync(findBrowser())).toBe(true);
  });

  it('waits for the person, takes the cookies of the site alone, and leaves no profile', () =>
    withPort(async (port) => {
      const login = start('/admin/', port);
      const ended = outcome(login);
      const person = await personAt(port);
      await person.logIn({ username: 'clerk', password: 'not-the-password' });
      await pause(1_000);
      expect(login.exitCode).toBeNull();
      await person.logIn({ username: 'clerk', password });
      const { code, stdout } = await ended;
      expect(stdout).toMatch(/^Logged in to .*\/admin\/ as clerk/i);
      expect(code).toBe(0);
      expect(await readdir(temporary)).toEqual([]);
      const [file = ''] = await readdir(join(folder, 'sessions'));
      const stored = JSON.parse(await readFile(join(folder, 'sessions', file), 'utf8'));
      expect(stored.cookies.map(({ name }: { name: string }) => name).sort()).toEqual([
        'csrftoken',
        'sessionid',
      ]);
    }));

  it('follows a login of several steps', () =>
    withPort(async (port) => {
      const login = start('/vault/', port);
      const ended = outcome(login);
      const person = await personAt(port);
      await person.logIn({ username: 'viewer', password });
      await person.logIn({ 'token-otp_token': '246810' });
      expect((await ended).stdout).toContain('Logged in to');
    }));

  it('ends, and leaves no profile, when it is stopped', () =>
    withPort(async (port) => {
      const login = start('/admin/', port);
      const ended = outcome(login);
      await personAt(port);
      login.kill('SIGINT');
      const { code, stderr } = await ended;
      expect([code, stderr]).toEqual([130, expect.stringContaining('stopped')]);
      expect(await readdir(temporary)).toEqual([]);
    }));

  it('says what to do where no browser is', async () => {
    const login = spawn(
      process.execPath,
      [program, 'login', '--browser', '--url', live.shop.adminUrl],
      { env: { PATH: folder }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const { code, stderr } = await outcome(login);
    expect([code, stderr]).toEqual([2, expect.stringContaining('login --cookie')]);
  });
});
