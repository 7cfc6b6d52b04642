import { randomBytes } from 'node:crypto';
import type { OperationName } from '../../operations/catalogue.ts';
import type { JsonValue } from '../../operations/json.ts';
import type { Context } from '../../operations/upstream.ts';
import { createSigner, deriveKey, type SigningKey } from '../../signing.ts';
import { canonical } from './canonical.ts';
import { createSpent } from './spent.ts';

/** Where a question goes: a person's answer is no token, and a token no person's answer. */
export type Way = 'person' | 'token';

/** A call, as a question is bound to it. */
export interface Asked {
  readonly name: OperationName;
  readonly input: object;
  readonly context: Context;
}

/** Why what came back does not answer the question at hand. */
export type Fault = 'unknown' | 'expired' | 'other_caller' | 'other_call' | 'changed' | 'spent';

export interface Seals {
  /** A sealed question: bound to who asked, to the whole call and to what it is about. */
  readonly issue: (way: Way, asked: Asked, about: JsonValue) => Promise<string>;
  /** What is wrong with it before anything is looked at. */
  readonly faultOf: (way: Way, token: string, asked: Asked) => Promise<Fault | undefined>;
  /** Uses it up; what is wrong with it once that is known which it would be used for. */
  readonly spend: (way: Way, token: string, about: JsonValue) => Fault | undefined;
}

export interface SealOptions {
  readonly key: SigningKey;
  /** How long a question stays open. */
  readonly seconds: number;
  readonly now?: () => number;
}

/** Bytes that make each token another one. */
const nonceBytes = 8;

/** The arguments that a question is about: all but the answer to it. */
const argumentsOf = (input: object): object => {
  const { confirm_token, confirmed, ...rest } = input as Readonly<Record<string, unknown>>;
  return rest;
};

/**
 * Seals questions and knows them again, without keeping them: all that a token is bound to
 * stands in it as digests under the key, so that it shows no argument, and a replica that
 * has the same key knows it too.
 */
export const createSeals = ({ key, seconds, now = Date.now }: SealOptions): Seals => {
  const signers = {
    person: createSigner(key, 'confirm/person', now),
    token: createSigner(key, 'confirm/token', now),
  };
  const callerKey = deriveKey(key, 'confirm/caller');
  const spent = createSpent(now);

  const callerOf = async ({ context }: Asked): Promise<string> => {
    const { caller, signal } = context;
    // A stored session is read on first use; before that, everybody looks like nobody.
    await caller.hasSession(signal);
    return canonical([caller.site.adminUrl.href, caller.fingerprint(callerKey)]);
  };
  const callOf = ({ name, input }: Asked): string => canonical([name, argumentsOf(input)]);
  const digest = (way: Way, nonce: string, what: string, text: string): string =>
    signers[way].digest(`${nonce}.${what}.${text}`);

  return {
    issue: async (way, asked, about) => {
      const nonce = randomBytes(nonceBytes).toString('base64url');
      const parts = [
        nonce,
        digest(way, nonce, 'caller', await callerOf(asked)),
        digest(way, nonce, 'call', callOf(asked)),
        digest(way, nonce, 'about', canonical(about)),
      ];
      return signers[way].sign(parts, seconds);
    },
    faultOf: async (way, token, asked) => {
      const opened = signers[way].open(token);
      if (opened.kind !== 'good') return opened.kind;
      const [nonce = '', caller, call] = opened.parts;
      if (caller !== digest(way, nonce, 'caller', await callerOf(asked))) return 'other_caller';
      return call === digest(way, nonce, 'call', callOf(asked)) ? undefined : 'other_call';
    },
    spend: (way, token, about) => {
      const opened = signers[way].open(token);
      if (opened.kind !== 'good') return opened.kind;
      const [nonce = '', , , sealed] = opened.parts;
      if (sealed !== digest(way, nonce, 'about', canonical(about))) return 'changed';
      return spent.spend(token, opened.expires) ? undefined : 'spent';
    },
  };
};
