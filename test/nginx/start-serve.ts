import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

const program = join(import.meta.dirname, '../../dist/main.js');
const prefix = 'DJANGO_ADMIN_MCP_API_';

/** How long a gateway may take to listen, in milliseconds. */
const startTimeoutMs = 15_000;

export interface Serving {
  readonly url: string;
  readonly pid: number;
  /** What it wrote to stderr so far. */
  readonly log: () => string;
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

/** Runs the built `serve` in a process of its own until it is stopped. */
export const startServe = async (
  settings: Readonly<Record<string, string>>,
  args: readonly string[] = [],
): Promise<Serving> => {
  const child = spawn(process.execPath, [program, 'serve', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      ...Object.fromEntries(Object.entries(settings).map(([key, text]) => [prefix + key, text])),
    },
  });
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
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await exit;
      return code as number | null;
    },
  };
};
