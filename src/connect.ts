import { adminSiteOf } from './config/admin-site.ts';
import type { Settings } from './config/options.ts';
import { type GuardedClient, withBreaker } from './django/breaker.ts';
import { createDjangoClient, type DjangoClient } from './django/client.ts';
import { measured, type RequestSample } from './django/measured.ts';
import { parseSite } from './django/parse-site.ts';
import { parseCookieText } from './session/cookie-text.ts';
import type { Credentials } from './session/credentials.ts';
import { fileStore } from './session/file-store.ts';
import { keychainStore } from './session/keychain-store.ts';
import { createSessionCaller, type SessionCaller } from './session/session-caller.ts';
import type { SessionKey, SessionStore } from './session/store.ts';
import { packageVersion } from './version.ts';

/**
 * The HTTP client of the site that the settings name.
 *
 * @param tell hears of every request that was sent
 */
export const clientOf = (
  settings: Settings,
  tell?: (sample: RequestSample) => void,
): GuardedClient => {
  const site = parseSite({
    adminUrl: adminSiteOf(settings),
    restPath: settings.REST_PATH,
    csrfHeader: settings.CSRF_HEADER,
    publicOrigin: settings.PUBLIC_ORIGIN ?? undefined,
    headers: settings.HEADERS,
    timeoutMs: settings.TIMEOUT_MS,
    maxPageBytes: settings.MAX_PAGE_BYTES,
  });
  const client = createDjangoClient(site, { userAgent: `django-admin-mcp-api/${packageVersion}` });
  return withBreaker(tell === undefined ? client : measured(client, tell));
};

/** Credentials from the settings, where both halves are there. */
export const credentialsOf = ({
  USERNAME,
  PASSWORD,
  LOGIN_FIELDS,
}: Settings): Credentials | undefined =>
  USERNAME === null || PASSWORD === null
    ? undefined
    : { username: USERNAME, password: PASSWORD, fields: LOGIN_FIELDS };

/** Where this machine keeps the session of the settings' site and profile. */
export const storedSessionOf = (
  settings: Settings,
  client: DjangoClient,
): { readonly store: SessionStore; readonly key: SessionKey } => {
  const files = settings.SESSION_DIR === null ? fileStore() : fileStore(settings.SESSION_DIR);
  return {
    store: settings.KEYCHAIN
      ? keychainStore(files, (message) => process.stderr.write(`warning: ${message}\n`))
      : files,
    key: { adminUrl: client.site.adminUrl.href, profile: settings.PROFILE },
  };
};

/** What brings a session into the store that the settings name. */
export const signInCommand = (settings: Settings, client: DjangoClient): string => {
  const profile = settings.PROFILE === 'default' ? '' : ` --profile ${settings.PROFILE}`;
  const keychain = settings.KEYCHAIN ? ' --keychain' : '';
  return `npx django-admin-mcp-api login --url ${client.site.adminUrl.href}${profile}${keychain}`;
};

/**
 * The one Django session of `stdio` and `call`: a cookie that was handed in, or the stored
 * session, or a login with credentials, in this order.
 */
export const callerOf = (
  settings: Settings,
  client: DjangoClient,
  warn: (error: unknown) => void = () => undefined,
): SessionCaller => {
  if (settings.COOKIE !== null)
    return createSessionCaller({
      client,
      cookies: parseCookieText(settings.COOKIE),
      signInHint: 'The user must hand in a new session cookie (DJANGO_ADMIN_MCP_API_COOKIE).',
      warn,
    });
  const credentials = credentialsOf(settings);
  return createSessionCaller({
    client,
    stored: storedSessionOf(settings, client),
    credentials: credentials && (async () => credentials),
    signInHint: `The user must run: ${signInCommand(settings, client)}`,
    warn,
  });
};
