import { createHmac, randomBytes } from 'node:crypto';
import type { DjangoClient } from '../django/client.ts';
import { GatewayError } from '../operations/errors.ts';
import { createSessionCaller, type SessionCaller } from './session-caller.ts';

/** Most users whose sessions are held; the one that was not seen for longest goes first. */
const maxSessions = 1_000;
/** How long a session is held after its last use, in milliseconds. */
const idleMs = 10 * 60_000;

/** Keeps users apart without holding their passwords as keys; new in every process. */
const processKey = randomBytes(32);

/** How long after a refused login the same words may be tried again, in milliseconds. */
const retryMs = 5_000;

interface Held {
  readonly caller: SessionCaller;
  readonly madeAt: number;
  readonly usedAt: number;
}

const signInHint = 'The client must send a user name and password that this admin accepts.';

const malformed = (): GatewayError =>
  new GatewayError(
    'anonymous',
    'The Authorization header is not "Basic" with a user and password.',
    {
      hint: signInHint,
    },
  );

const readBasic = (header: string): { readonly username: string; readonly password: string } => {
  const [, encoded] = /^basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(header) ?? [];
  const text = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1 || colon === text.length - 1) throw malformed();
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
};

/** The caller of an `Authorization: Basic` header; it logs in through Django on its first request. */
export type BasicCallers = (header: string) => SessionCaller;

/**
 * Callers for clients that can send a password and no cookies. Django's own login view judges
 * it, so that lockouts, `is_active` and further factors stay Django's; the session is held in
 * memory and nowhere else.
 */
export const createBasicCallers = (
  client: DjangoClient,
  now: () => number = Date.now,
): BasicCallers => {
  const held = new Map<string, Held>();

  const forgetIdle = (): void => {
    for (const [key, { usedAt }] of held) {
      if (held.size <= maxSessions && now() - usedAt < idleMs) return;
      held.delete(key);
    }
  };

  /** The caller of before, unless its login failed: Django may think otherwise by now. */
  const known = (key: string): Held | undefined => {
    const found = held.get(key);
    if (found === undefined) return undefined;
    const isLoggedIn = found.caller.cookies().length > 0;
    return isLoggedIn || now() - found.madeAt < retryMs ? found : undefined;
  };

  return (header) => {
    const { username, password } = readBasic(header);
    const key = createHmac('sha256', processKey)
      .update(JSON.stringify([username, password]))
      .digest('base64');
    const { caller, madeAt } = known(key) ?? {
      madeAt: now(),
      caller: createSessionCaller({
        client,
        credentials: async () => ({ username, password }),
        signInHint,
      }),
    };
    // Most recently used last, so that the first one is the oldest.
    held.delete(key);
    held.set(key, { caller, madeAt, usedAt: now() });
    forgetIdle();
    return caller;
  };
};
