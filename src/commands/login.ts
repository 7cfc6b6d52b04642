import type { Settings } from '../config/options.ts';
import { callerOf, clientOf, credentialsOf, storedSessionOf } from '../connect.ts';
import type { DjangoClient } from '../django/client.ts';
import { GatewayError } from '../operations/errors.ts';
import { parseCookieText } from '../session/cookie-text.ts';
import type { Credentials } from '../session/credentials.ts';
import { login as logIn } from '../session/login.ts';
import { storedSession } from '../session/store.ts';
import { whoAmI } from '../session/who-am-i.ts';
import type { RunCommand } from './program.ts';
import { settingsOf } from './settings.ts';
import { interruptSignal } from './signal.ts';

const ask = async (settings: Settings): Promise<Credentials> => {
  if (!process.stdin.isTTY)
    throw new GatewayError('config', 'There is no terminal to ask for the password.', {
      hint: 'Set DJANGO_ADMIN_MCP_API_USERNAME and DJANGO_ADMIN_MCP_API_PASSWORD.',
    });
  const { isCancel, password, text } = await import('@clack/prompts');
  const answers = [
    settings.USERNAME ?? (await text({ message: 'User name' })),
    settings.PASSWORD ?? (await password({ message: 'Password' })),
  ];
  const [username, secret] = answers;
  if (answers.some(isCancel) || typeof username !== 'string' || typeof secret !== 'string')
    throw new GatewayError('cancelled', 'Nothing was sent to Django.');
  return { username, password: secret, fields: settings.LOGIN_FIELDS };
};

/** A session that somebody else logged in; it is stored only when it reaches the admin. */
const adopt = async (settings: Settings, client: DjangoClient, signal: AbortSignal) => {
  const { standing, userName } = await whoAmI(callerOf(settings, client), signal);
  if (standing !== 'staff')
    throw new GatewayError('anonymous', 'That cookie does not reach the admin as staff.', {
      hint: 'Copy it from a browser that is logged in to this very admin.',
    });
  return { cookies: parseCookieText(settings.COOKIE ?? ''), userName: userName ?? 'a staff user' };
};

/** Logs in once and stores the session, for `stdio` and `call`. */
export const login: RunCommand = async (flags) => {
  const settings = await settingsOf(flags);
  const client = clientOf(settings);
  const signal = interruptSignal();
  try {
    const { cookies, userName } =
      settings.COOKIE === null
        ? await logIn(client, credentialsOf(settings) ?? (await ask(settings)), signal)
        : await adopt(settings, client, signal);
    const { store, key } = storedSessionOf(settings, client);
    await store.save(key, storedSession(cookies, userName));
    process.stdout.write(`Logged in to ${client.site.adminUrl.href} as ${userName}.\n`);
    return 0;
  } finally {
    await client.close();
  }
};
