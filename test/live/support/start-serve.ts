import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { environmentOf, program } from './built.ts';

/** How long a gateway may take to listen, in milliseconds. */
const startTimeoutMs = 15_000;

export interface Serving {
  readonly url: string;
  readonly pid: number;
  /** What it wrote to stderr so far. */
  readonly log: () => string;
  /** The processes that it has started and that are alive. */
  readonly workers: () => Promise<readonly number[]>;
  /** Asks it to stop as a service manager does, and waits; the exit code. */
  readonly stop: () => Promise<number | null>;
}

/** A port that was free a moment ago. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
};

const start = (
  settings: Readonly<Record<string, string>>,
  args: readonly string[],
): ChildProcessByStdio<null, null, Readable> =>
  spawn(process.execPath, [program, 'serve', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: environmentOf(settings),
  });

/** Runs a `serve` that is expected to end by itself; its exit code and what it wrote. */
export const refusedServe = async (
  settings: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly said: string }> => {
  const child = start(settings, []);
  const late = setTimeout(() => child.kill('SIGKILL'), startTimeoutMs);
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  clearTimeout(late);
  return { code: code as number | null, said };
};

/** Runs the built `serve` in a process of its own until it is stopped. */
export const startServe = async (
  settings: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Serving> => {
  const child = start(settings, args);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk;
  });
  const exit = once(child, 'exit');
  const until = Date.now() + startTimeoutMs;
  let url: string | undefined;
  while (url === undefined) {
    url = /MCP: (http:\/\/[^/]+\/)/.exec(log)?.[1];
    if (child.exitCode !== null || Date.now() > until) {
      child.kill('SIGKILL');
      throw new Error(`serve did not start:\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url,
    pid: child.pid ?? 0,
    log: () => log,
    workers: async () => {
      const pid = String(child.pid);
      const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
      return children.split(' ').filter(Boolean).map(Number);
    },
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await exit;
      return code as number | null;
    },
  };
};
