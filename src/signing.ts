import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { GatewayError } from './operations/errors.ts';

/** What everything that this gateway signs is derived from; 32 bytes or more. */
export type SigningKey = Uint8Array;

/** Shortest key taken from the settings, in characters. */
const minKeyLength = 32;
/** Bytes of a derived key: those of its hash. */
const derivedKeyBytes = 32;
/** Bytes of a digest: 96 bits, so that nobody finds a second text for one. */
const digestBytes = 12;

/**
 * The key of the settings, or a new one, which no other process and no later start knows.
 *
 * @throws GatewayError `config` where it is too short to be a secret
 */
export const signingKeyOf = (text: string | null): SigningKey => {
  if (text === null) return randomBytes(minKeyLength);
  if (text.length >= minKeyLength) return Buffer.from(text, 'utf8');
  throw new GatewayError('config', `SIGNING_KEY is shorter than ${minKeyLength} characters.`, {
    hint: 'Make one with: openssl rand -base64 32',
  });
};

/** A key for one use: what is signed for one can never be passed off for another. */
export const deriveKey = (key: SigningKey, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, '', `django-admin-mcp-api/${purpose}`, derivedKeyBytes));

/** What became of a token that came back. */
export type Opened =
  | { readonly kind: 'good'; readonly parts: readonly string[]; readonly expires: number }
  | { readonly kind: 'expired' }
  /** Damaged, made up, or signed with another key. */
  | { readonly kind: 'unknown' };

/** Signs short-lived texts that travel through hands that are not ours. */
export interface Signer {
  /**
   * A compact url-safe token: signed, not encrypted.
   *
   * @param parts letters, digits, `-` and `_` only
   */
  readonly sign: (parts: readonly string[], seconds: number) => string;
  readonly open: (token: string) => Opened;
  /** 16 characters, the same for the same text, from which nobody without the key can tell it. */
  readonly digest: (text: string) => string;
}

/** The first part of each token; another one once they mean something else. */
const format = '1';

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/**
 * @param purpose what the tokens are for; signers of other purposes do not know them
 * @param now milliseconds since 1970
 */
export const createSigner = (
  key: SigningKey,
  purpose: string,
  now: () => number = Date.now,
): Signer => {
  const signing = deriveKey(key, `${purpose}/sign`);
  const digesting = deriveKey(key, `${purpose}/digest`);
  const markOf = (text: string): string =>
    createHmac('sha256', signing).update(text).digest('base64url');
  return {
    sign: (parts, seconds) => {
      const expires = Math.ceil(now() / 1000) + seconds;
      const text = [format, expires.toString(36), ...parts].join('.');
      return `${text}.${markOf(text)}`;
    },
    open: (token) => {
      const at = token.lastIndexOf('.');
      const text = token.slice(0, Math.max(at, 0));
      if (!isSame(token.slice(at + 1), markOf(text))) return { kind: 'unknown' };
      const [, expiry = '', ...parts] = text.split('.');
      const expires = Number.parseInt(expiry, 36) * 1000;
      return expires > now() ? { kind: 'good', parts, expires } : { kind: 'expired' };
    },
    digest: (text) =>
      createHmac('sha256', digesting)
        .update(text)
        .digest()
        .subarray(0, digestBytes)
        .toString('base64url'),
  };
};
