import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { DjangoClient } from '../../django/client.ts';
import type { CookieSet } from '../../django/set-cookie.ts';
import { GatewayError } from '../../operations/errors.ts';
import { createCookieJar } from '../cookie-jar.ts';
import type { LoggedIn } from '../login.ts';
import { createVisitor } from '../visitor.ts';
import { whoAmI } from '../who-am-i.ts';
import { connectDevTools, type DevTools } from './devtools.ts';
import { findBrowser } from './find.ts';
import { siteCookies } from './site-cookies.ts';

/** A person looks for a phone, waits for a code, mistypes a password. */
const patienceMs = 10 * 60_000;
const lookEveryMs = 400;
/** How long a browser that was asked to close may take. */
const closeMs = 5_000;

export interface BrowserOptions {
  readonly path?: string | undefined;
  readonly args?: readonly string[] | undefined;
}

const exited = (browser: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (browser.exitCode !== null || browser.signalCode !== null) return resolve();
    browser.once('exit', () => resolve());
  });

const stop = async (browser: ChildProcess, devTools: DevTools): Promise<void> => {
  await devTools.send('Browser.close').catch(() => undefined);
  await Promise.race([exited(browser), pause(closeMs, undefined, { ref: false })]);
  browser.kill('SIGKILL');
  await exited(browser);
};

/** Asks Django about the browser's cookies each time that they change, until it knows staff. */
const waitForStaff = async (
  client: DjangoClient,
  devTools: DevTools,
  url: URL,
  signal: AbortSignal,
): Promise<LoggedIn> => {
  let seen = '';
  for (;;) {
    const { cookies } = await devTools.send('Storage.getCookies');
    const found: readonly CookieSet[] = siteCookies(cookies, url);
    const jar = createCookieJar(found);
    if (jar.header() !== seen) {
      seen = jar.header();
      const { standing, userName } = await whoAmI(createVisitor(client, jar), signal);
      if (standing === 'staff')
        return { cookies: jar.cookies(), userName: userName ?? 'a staff user' };
    }
    await pause(lookEveryMs, undefined, { signal });
  }
};

/**
 * Lets a person log in with their own browser, on a new profile that is removed afterwards:
 * single sign-on, passkeys and everything else that works there. Ends when Django knows the
 * browser's cookies as those of a staff user, and takes only the site's.
 *
 * @throws GatewayError `config` without a browser | `cancelled` when it is closed | `timeout`
 */
export const loginWithBrowser = async (
  client: DjangoClient,
  { path, args = [] }: BrowserOptions,
  signal: AbortSignal,
): Promise<LoggedIn> => {
  const { site } = client;
  const url = new URL(site.adminUrl.pathname, site.publicOrigin ?? site.adminUrl.origin);
  const program = findBrowser(path);
  const profile = await mkdtemp(join(tmpdir(), 'django-admin-mcp-api-browser-'));
  const browser = spawn(
    program,
    [
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      '--no-first-run',
      '--no-default-browser-check',
      ...args,
      url.href,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  browser.on('error', () => undefined);
  const devTools = connectDevTools(browser.stdio[3] as Writable, browser.stdio[4] as Readable);
  const patience = AbortSignal.timeout(patienceMs);
  const waiting = AbortSignal.any([signal, patience]);
  const closed = exited(browser).then((): never => {
    throw new GatewayError('cancelled', 'The browser was closed before the admin was reached.', {
      hint: 'Log in in the window that opens; it closes by itself.',
    });
  });
  try {
    return await Promise.race([waitForStaff(client, devTools, url, waiting), closed]);
  } catch (error) {
    if (patience.aborted)
      throw new GatewayError('timeout', 'Nobody logged in within ten minutes.', { cause: error });
    if (signal.aborted)
      throw new GatewayError('cancelled', 'The login was stopped.', { cause: error });
    throw error;
  } finally {
    closed.catch(() => undefined);
    await stop(browser, devTools);
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
};
