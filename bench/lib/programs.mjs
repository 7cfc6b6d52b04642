/** The Node programs that take part: started for this run, ended with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endAtExit, killGroup } from '../../scripts/lib/cleanup.mjs';
import { packageRoot } from '../../scripts/lib/home.mjs';

/** The gateway as it is published; `BENCH_PROGRAM` names another build to compare with. */
export const program = process.env.BENCH_PROGRAM ?? join(packageRoot, 'dist', 'main.js');

const lastWords = 4_000;

/**
 * @param {readonly string[]} args for node
 * @param {RegExp} announced what it says on stderr once it serves; its first group is the URL
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ url: string, pid: number, said: () => string, stop: () => Promise<void> }>}
 */
const startNode = async (args, announced, env = {}) => {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  });
  const forget = endAtExit(() => killGroup(child, 'SIGKILL'));
  let said = '';
  const url = await new Promise((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-lastWords);
      const found = announced.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on('exit', (code) => reject(new Error(`${args.join(' ')} ended (${code}):\n${said}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    said: () => said,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      forget();
    },
  };
};

/**
 * `serve`, without the limits that a load from one caller would meet.
 *
 * @param {{ url: string, upstream: 'stock' | 'rest', nodeArgs?: readonly string[], flags?: readonly string[] }} plan
 */
export const startGateway = ({ url, upstream, nodeArgs = [], flags = [] }) =>
  startNode(
    [
      ...nodeArgs,
      program,
      'serve',
      ...['--port', '0', '--url', url, '--upstream', upstream],
      ...['--rate-per-minute', '0', '--max-concurrent', '64', '--max-concurrent-per-caller', '64'],
      ...flags,
    ],
    /MCP: (\S+) for/,
  );

/** The hand-written lower limit: see limit-server.mjs. */
export const startLimit = ({ tools, upstream }) =>
  startNode([join(import.meta.dirname, 'limit-server.mjs'), tools, upstream], /listening on (\S+)/);

/** Answers of Django from memory: see replay-server.mjs. */
export const startReplay = (recording) =>
  startNode([join(import.meta.dirname, 'replay-server.mjs'), recording], /listening on (\S+)/);
