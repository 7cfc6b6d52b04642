import { inflateSync } from 'node:zlib';
import { isJsonObject, type JsonValue } from '../operations/json.ts';

/** What Django's `signing.dumps` makes: `<payload>:<time>:<signature>`, a dot before compressed ones. */
const format = /^(\.?)([\w-]+):[0-9A-Za-z]{6,8}:[\w-]{27,}$/;

/** Largest session read from a cookie, which itself holds 4 KB; in bytes. */
const maxSessionBytes = 64 * 1024;

const sessionIn = (payload: string, isCompressed: boolean): JsonValue | undefined => {
  try {
    const bytes = Buffer.from(payload, 'base64url');
    const json = isCompressed ? inflateSync(bytes, { maxOutputLength: maxSessionBytes }) : bytes;
    return JSON.parse(json.toString('latin1')) as JsonValue;
  } catch {
    // Another serializer (pickle), or another thing that is signed.
    return undefined;
  }
};

/**
 * What stays of a cookie's value while its session does. With `signed_cookies` as
 * `SESSION_ENGINE` the session itself is the value, signed anew each time that it is saved, and
 * at `SESSION_SAVE_EVERY_REQUEST` with every answer; what stays is who is logged in: the user's
 * key and the digest of their password, by which Django knows a session for theirs.
 *
 * The signature is not checked: that is for Django, which gets the very cookie with whatever
 * is done in its name.
 */
export const lastingValue = (value: string): string => {
  const [, dot = '', payload] = format.exec(value) ?? [];
  if (payload === undefined) return value;
  const session = sessionIn(payload, dot !== '') ?? null;
  const found = isJsonObject(session) ? session : {};
  const user = [found['_auth_user_id'], found['_auth_user_backend'], found['_auth_user_hash']];
  // No cookie holds a blank, so no other value is one of these.
  return user.every((part) => typeof part === 'string')
    ? `user ${JSON.stringify(user)}`
    : `signed ${payload}`;
};
