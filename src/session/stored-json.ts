import type { CookieSet } from '../django/set-cookie.ts';
import { GatewayError } from '../operations/errors.ts';
import type { SessionKey, StoredSession } from './store.ts';

const version = 1;

export const serialiseStored = (key: SessionKey, session: StoredSession): string =>
  `${JSON.stringify({ version, ...key, ...session }, null, 2)}\n`;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCookie = (value: unknown): value is CookieSet =>
  isRecord(value) &&
  typeof value['name'] === 'string' &&
  typeof value['value'] === 'string' &&
  (value['expiresAt'] === undefined || typeof value['expiresAt'] === 'number');

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * @param path for messages
 * @throws GatewayError `config` for a file of another format, site or user
 */
export const parseStored = (text: string, key: SessionKey, path: string): StoredSession => {
  const data = parseJson(text);
  if (!isRecord(data) || data['version'] !== version || !Array.isArray(data['cookies']))
    throw new GatewayError('config', `${path} is not a session file of this version.`, {
      hint: 'Remove it and log in again.',
    });
  // The name is a digest of both, so only a copied file can differ; a session must not go elsewhere.
  if (data['adminUrl'] !== key.adminUrl || data['profile'] !== key.profile)
    throw new GatewayError('config', `${path} holds a session of another site or profile.`, {
      hint: 'Remove it and log in again.',
    });
  const { cookies, userName, savedAt } = data;
  return {
    cookies: cookies
      .filter(isCookie)
      .map(({ name, value, expiresAt }) => ({ name, value, expiresAt })),
    userName: typeof userName === 'string' ? userName : undefined,
    savedAt: typeof savedAt === 'string' ? savedAt : '',
  };
};
