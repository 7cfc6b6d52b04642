/**
 * Looks into a shop's database behind the admin's back, so that a test can tell what
 * really happened: JSON lines to and from `manage.py inspect`, one answer a line.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { endAtExit, killGroup } from './cleanup.mjs';
import { shopSource } from './home.mjs';
import { collect, tail } from './run.mjs';

const answerTimeoutMs = 60_000;

/** @type {typeof import('./shop.d.mts').startInspector} */
export const startInspector = (shop) => {
  // Ends by itself when its standard input does, so it needs no tether.
  const child = spawn(shop.python, ['manage.py', 'inspect'], {
    cwd: shopSource,
    env: shop.env,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stderr = collect(child.stderr);
  const forget = endAtExit(() => killGroup(child, 'SIGKILL'));
  /** @type {{ settle: (line: string) => void, fail: (error: Error) => void }[]} */
  const waiting = [];
  let over = '';

  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.settle(line));
  child.stdin.on('error', () => {});
  /** @type {Promise<void>} */
  const ended = new Promise((settle) => {
    /** @param {string} how */
    const end = (how) => {
      forget();
      over = `manage.py inspect has ended (${how}).\n${tail(stderr())}`;
      for (const { fail } of waiting.splice(0)) fail(new Error(over));
      settle();
    };
    child.on('error', (error) => end(error.message));
    child.on('close', (code, signal) => end(signal ?? `exit code ${code}`));
  });

  /** @param {unknown} request @returns {Promise<string>} */
  const exchange = (request) =>
    new Promise((settle, fail) => {
      if (over) {
        fail(new Error(over));
        return;
      }
      // Answers come in the order of the questions, so one lost answer spoils the rest.
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        fail(
          new Error(
            `manage.py inspect did not answer within ${answerTimeoutMs / 1000} s.\n${tail(stderr())}`,
          ),
        );
      }, answerTimeoutMs);
      waiting.push({
        settle: (line) => {
          clearTimeout(timer);
          settle(line);
        },
        fail: (error) => {
          clearTimeout(timer);
          fail(error);
        },
      });
      child.stdin.write(`${JSON.stringify(request)}\n`);
    });

  return {
    ask: async (request) => {
      const answer = JSON.parse(await exchange(request));
      if (answer.error !== undefined) throw new Error(`manage.py inspect: ${answer.error}`);
      return answer;
    },
    stop: async () => {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
      await ended;
      clearTimeout(timer);
    },
  };
};
