import type { Settings } from '../config/options.ts';
import { clientOf, credentialsOf, storedSessionOf } from '../connect.ts';
import type { DjangoClient } from '../django/client.ts';
import { adoptCookie } from '../session/adopt.ts';
import type { Credentials } from '../session/credentials.ts';
import { type LoggedIn, login as logIn } from '../session/login.ts';
import { storedSession } from '../session/store.ts';
import { askHidden, askText, hasTerminal, noTerminal } from './ask.ts';
import { readCookie } from './cookie-source.ts';
import type { RunCommand } from './program.ts';
import { type ParsedFlags, settingsOf } from './settings.ts';
import { interruptSignal } from './signal.ts';

const passwordHint =
  'Set DJANGO_ADMIN_MCP_API_USERNAME and DJANGO_ADMIN_MCP_API_PASSWORD, or use --cookie-file.';

const credentialsFor = async (settings: Settings): Promise<Credentials> => {
  const known = credentialsOf(settings);
  if (known !== undefined) return known;
  if (!hasTerminal()) throw noTerminal('the password', passwordHint);
  const username = settings.USERNAME ?? (await askText('User name'));
  const password = settings.PASSWORD ?? (await askHidden('Password'));
  return { username, password, fields: settings.LOGIN_FIELDS };
};

/** The code of `--otp`, or the one that a person is asked for; nothing where nobody is there. */
const codeFrom = (flags: ParsedFlags) => async (): Promise<string | undefined> => {
  const given = flags['otp'];
  if (given !== undefined) return String(given);
  if (!hasTerminal()) return undefined;
  const typed = await askText('One-time code (leave it empty if you have none)');
  return typed === '' ? undefined : typed;
};

const logInBy = async (
  flags: ParsedFlags,
  settings: Settings,
  client: DjangoClient,
  signal: AbortSignal,
): Promise<LoggedIn> => {
  if (flags['browser'] === true || flags['browserPath'] !== undefined) {
    const { loginWithBrowser } = await import('../session/browser/browser-login.ts');
    process.stderr.write(
      'A browser opens; log in there. It closes once the admin is reached. Ctrl+C to stop.\n',
    );
    const path = flags['browserPath'];
    const args = flags['browserArg'];
    return loginWithBrowser(
      client,
      {
        path: path === undefined ? undefined : String(path),
        args: Array.isArray(args) ? args.map(String) : [],
      },
      signal,
    );
  }
  const cookie = await readCookie(flags, settings);
  if (cookie !== undefined) return adoptCookie(client, cookie, signal);
  const credentials = await credentialsFor(settings);
  return logIn(client, { ...credentials, code: codeFrom(flags) }, signal);
};

/** Logs in once and stores the session, for `stdio`, `call` and `headers`. */
export const login: RunCommand = async (flags) => {
  const settings = await settingsOf(flags);
  const client = clientOf(settings);
  try {
    const { cookies, userName } = await logInBy(flags, settings, client, interruptSignal());
    const { store, key } = storedSessionOf(settings, client);
    await store.save(key, storedSession(cookies, userName));
    process.stdout.write(`Logged in to ${client.site.adminUrl.href} as ${userName}.\n`);
    return 0;
  } finally {
    await client.close();
  }
};
