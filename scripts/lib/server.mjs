/** One running Django server: started, waited for, and ended with all its children. */
import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { killGroup } from './cleanup.mjs';
import { collect, tail } from './run.mjs';
import { spawnTethered } from './tether.mjs';

const pollMs = 40;
const gracePeriodMs = 3_000;

/**
 * @param {string} url
 * @param {AbortSignal} signal
 * @returns {Promise<number | undefined>} the status; undefined when nobody answers
 */
const statusOf = (url, signal) =>
  new Promise((settle) => {
    const request = get(url, { agent: false, signal }, (response) => {
      response.resume();
      settle(response.statusCode);
    });
    request.on('error', () => settle(undefined));
  });

/**
 * @param {object} plan
 * @param {string} plan.python
 * @param {readonly string[]} plan.args
 * @param {string} plan.cwd
 * @param {Record<string, string>} plan.env
 * @param {string} plan.scratch removed with the server
 * @param {string} plan.url answers once the server is up
 * @param {number} plan.timeoutMs
 */
export const startServer = async ({ python, args, cwd, env, scratch, url, timeoutMs }) => {
  const child = spawnTethered(python, args, { cwd, env, scratch });
  const readers = [collect(child.stdout), collect(child.stderr)];
  const output = () => readers.map((read) => read()).join('');
  child.stdin.on('error', () => {});
  /** @type {Promise<string>} */
  const ended = new Promise((settle) => {
    child.on('error', (error) => settle(error.message));
    child.on('close', (code, signal) =>
      settle(signal ? `ended by ${signal}` : `exit code ${code}`),
    );
  });
  let over = '';
  void ended.then((how) => {
    over = how;
  });

  const stop = async () => {
    killGroup(child, 'SIGTERM');
    const waited = new AbortController();
    const late = sleep(gracePeriodMs, 'late', { signal: waited.signal }).catch(() => '');
    if ((await Promise.race([ended, late])) === 'late') killGroup(child, 'SIGKILL');
    waited.abort();
    await ended;
  };
  const kill = () => killGroup(child, 'SIGKILL');

  /** @param {string} what */
  const failure = (what) =>
    new Error(`The shop's server ${what}.\n${tail(output()) || 'It said nothing.'}`);

  const waitUntilUp = async () => {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), timeoutMs);
    // The port may be held by another program, which need not answer at all.
    void ended.then(() => giveUp.abort());
    try {
      while (!giveUp.signal.aborted) {
        const status = await statusOf(url, giveUp.signal);
        if (over) break;
        if (status !== undefined && status >= 500) throw failure(`answered ${status} at ${url}`);
        if (status !== undefined) return;
        await sleep(pollMs);
      }
    } finally {
      clearTimeout(timer);
    }
    if (over) throw failure(`did not start (${over})`);
    throw failure(`did not answer at ${url} within ${timeoutMs / 1000} s`);
  };

  return { pid: child.pid ?? 0, output, ended, stop, kill, waitUntilUp };
};
