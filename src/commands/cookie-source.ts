import { exec } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { Settings } from '../config/options.ts';
import { GatewayError } from '../operations/errors.ts';
import { askHidden, hasTerminal, noTerminal } from './ask.ts';
import type { ParsedFlags } from './settings.ts';

/** A password manager may ask for a fingerprint first. */
const commandTimeoutMs = 60_000;
const maxCookieBytes = 64 * 1024;

const fromFile = async (path: string): Promise<string> => {
  if (path === '-') return readAll(process.stdin);
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new GatewayError('config', `The cookie file ${path} cannot be read.`, { cause });
  });
};

const fromCommand = async (command: string): Promise<string> => {
  try {
    const { stdout } = await promisify(exec)(command, {
      timeout: commandTimeoutMs,
      maxBuffer: maxCookieBytes,
    });
    return stdout;
  } catch {
    // What it printed may hold the cookie, so neither it nor the cause is passed on.
    throw new GatewayError('config', 'The cookie command failed.', {
      hint: 'Run it by itself: it must print the cookie and exit with 0.',
    });
  }
};

/** A cookie from where the flags or the settings say; undefined where they ask for none. */
export const readCookie = async (
  flags: ParsedFlags,
  settings: Settings,
): Promise<string | undefined> => {
  const { cookieFile, cookieCommand } = flags;
  if (cookieFile !== undefined) return fromFile(String(cookieFile));
  if (cookieCommand !== undefined) return fromCommand(String(cookieCommand));
  if (settings.COOKIE !== null) return settings.COOKIE;
  if (flags['cookie'] !== true) return undefined;
  if (!hasTerminal())
    throw noTerminal('the cookie', 'Give it with --cookie-file - on stdin, or --cookie-command.');
  return askHidden('Cookie of the session (sessionid=…)');
};
