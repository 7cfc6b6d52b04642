/** Runs one program to its end and tells what it said. Never rejects: the caller judges. */
import { spawn } from 'node:child_process';
import { endAtExit, killGroup } from './cleanup.mjs';
import { spawnTethered } from './tether.mjs';

const maxOutputChars = 256 * 1024;
const defaultTimeoutMs = 10 * 60_000;

/**
 * @typedef {object} RunResult
 * @property {boolean} ok it ran and exited 0
 * @property {number | null} code null when it could not run or was ended by a signal
 * @property {string} stdout the last 256 K characters
 * @property {string} stderr the last 256 K characters
 * @property {string} failure one line for a message; empty when ok
 *
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {Record<string, string>} [env]
 * @property {number} [timeoutMs] after which it is killed; ten minutes by default
 * @property {boolean} [shell] needed for npm's .cmd on Windows
 */

/**
 * The last `lines` lines that say something.
 *
 * @param {string} text
 * @param {number} [lines]
 */
export const tail = (text, lines = 20) =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(-lines)
    .join('\n');

/**
 * Keeps the newest part of what a stream says.
 *
 * @param {import('node:stream').Readable} stream
 * @returns {() => string}
 */
export const collect = (stream) => {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (/** @type {string} */ chunk) => {
    text += chunk;
    if (text.length > 2 * maxOutputChars) text = text.slice(-maxOutputChars);
  });
  stream.on('error', () => {});
  return () => text.slice(-maxOutputChars);
};

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} timeoutMs
 * @returns {Promise<RunResult>}
 */
const finish = (child, timeoutMs) =>
  new Promise((settle) => {
    const stdout = child.stdout ? collect(child.stdout) : () => '';
    const stderr = child.stderr ? collect(child.stderr) : () => '';
    const forget = endAtExit(() => killGroup(child, 'SIGKILL'));
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      killGroup(child, 'SIGKILL');
    }, timeoutMs);
    /** @param {number | null} code @param {string} why */
    const done = (code, why) => {
      clearTimeout(timer);
      forget();
      const said = tail(stderr(), 1) || tail(stdout(), 1);
      const failure = timedOut
        ? `did not finish within ${Math.round(timeoutMs / 1000)} s`
        : why || (code === 0 ? '' : said || `exit code ${code}`);
      settle({ ok: failure === '', code, stdout: stdout(), stderr: stderr(), failure });
    };
    child.stdin?.on('error', () => {});
    child.on('error', (error) => done(null, error.message));
    child.on('close', (code, signal) => done(code, signal ? `ended by ${signal}` : ''));
  });

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export const run = (command, args, { timeoutMs = defaultTimeoutMs, ...options } = {}) =>
  finish(
    spawn(command, args, { ...options, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] }),
    timeoutMs,
  );

/**
 * The same for a Python program that must not outlive us.
 *
 * @param {string} python
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export const runPython = (python, args, { timeoutMs = defaultTimeoutMs, ...options } = {}) =>
  finish(spawnTethered(python, args, options), timeoutMs);
