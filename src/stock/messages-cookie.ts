import { inflateSync } from 'node:zlib';

/** One message of `django.contrib.messages`, as the view wrote it: not capitalised, not translated again. */
export interface Message {
  readonly level: 'debug' | 'info' | 'success' | 'warning' | 'error';
  /** The number: projects may use their own between the five. */
  readonly levelNumber: number;
  readonly text: string;
  /** The view marked it safe: `text` is HTML. */
  readonly isHtml: boolean;
  readonly extraTags: string;
}

export interface CookieMessages {
  readonly messages: readonly Message[];
  /** False where more messages wait in the session, because the cookie was full. */
  readonly complete: boolean;
}

/** Largest payload unpacked, in bytes; Django packs at most 2 KB of cookie, and zlib can lie. */
const maxPayloadBytes = 256 * 1024;

/** Written by Django's CookieStorage when the rest went to the session. */
const notFinished = '__messagesnotfinished__';

const levels = [
  [40, 'error'],
  [30, 'warning'],
  [25, 'success'],
  [20, 'info'],
] as const;

export const levelName = (level: number): Message['level'] =>
  levels.find(([from]) => level >= from)?.[1] ?? 'debug';

const payloadOf = (value: string): unknown => {
  const bare = value.replace(/^"|"$/g, '');
  const [packed = ''] = bare.split(':');
  const isCompressed = packed.startsWith('.');
  const bytes = Buffer.from(isCompressed ? packed.slice(1) : packed, 'base64url');
  const raw = isCompressed ? inflateSync(bytes, { maxOutputLength: maxPayloadBytes }) : bytes;
  return JSON.parse(raw.toString('utf8'));
};

const readMessage = (item: unknown): Message | undefined => {
  if (!Array.isArray(item) || item[0] !== '__json_message') return undefined;
  const [, isSafe, level, text, extraTags] = item as unknown[];
  if (typeof level !== 'number' || typeof text !== 'string') return undefined;
  return {
    level: levelName(level),
    levelNumber: level,
    text,
    isHtml: isSafe === 1 || isSafe === true,
    extraTags: typeof extraTags === 'string' ? extraTags : '',
  };
};

/**
 * Reads the `messages` cookie of Django's CookieStorage and FallbackStorage (the default).
 * The cookie is signed, not encrypted; the signature is Django's business, for the cookie came
 * from Django itself. The format is the same from 3.2 to 6.1.
 *
 * Null where the value is no such cookie; an empty value (a deleted cookie) has no messages.
 */
export const decodeMessages = (value: string): CookieMessages | null => {
  if (value === '' || value === '""') return { messages: [], complete: true };
  let payload: unknown;
  try {
    payload = payloadOf(value);
  } catch {
    return null;
  }
  if (!Array.isArray(payload)) return null;
  const items = payload as unknown[];
  const messages = items.flatMap((item) => readMessage(item) ?? []);
  const known = items.length - (items.includes(notFinished) ? 1 : 0);
  return { messages, complete: messages.length === items.length && known === items.length };
};
