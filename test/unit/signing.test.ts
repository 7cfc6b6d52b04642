import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSigner, deriveKey, signingKeyOf } from '../../src/signing.ts';

const key = signingKeyOf('a key that all replicas of one site share');
const start = Date.UTC(2026, 10, 23);

const signerAt = (now: number, purpose = 'test', with_ = key) =>
  createSigner(with_, purpose, () => now);

describe('a signed token', () => {
  const token = signerAt(start).sign(['first', 'second_-'], 60);

  it('gives back what was signed, and until when', () => {
    expect(signerAt(start).open(token)).toEqual({
      kind: 'good',
      parts: ['first', 'second_-'],
      expires: start + 60_000,
    });
  });

  it('is good until its last second, and no longer', () => {
    expect(signerAt(start + 59_999).open(token).kind).toBe('good');
    expect(signerAt(start + 60_000).open(token)).toEqual({ kind: 'expired' });
  });

  it('is url-safe', () => {
    expect(token).toMatch(/^[\w.-]+$/);
  });

  it('is unknown with any character changed, added or left out', () => {
    for (let at = 0; at < token.length; at += 1)
      for (const other of ['A', 'B', '.', ''])
        if (token.charAt(at) !== other)
          expect(signerAt(start).open(token.slice(0, at) + other + token.slice(at + 1)).kind).toBe(
            'unknown',
          );
  });

  it('is unknown whatever text comes instead', () => {
    fc.assert(fc.property(fc.string(), (text) => signerAt(start).open(text).kind === 'unknown'));
  });

  it('is unknown to another purpose and to another key', () => {
    expect(signerAt(start, 'upload').open(token).kind).toBe('unknown');
    expect(signerAt(start, 'test', signingKeyOf(null)).open(token).kind).toBe('unknown');
  });

  it('is known to every process that has the key', () => {
    const again = signingKeyOf('a key that all replicas of one site share');
    expect(signerAt(start, 'test', again).open(token).kind).toBe('good');
  });
});

it('gives each start without a configured key another one', () => {
  expect(signingKeyOf(null)).not.toEqual(signingKeyOf(null));
});

it('refuses a key that is too short to be a secret, without showing it', () => {
  expect(() => signingKeyOf('only-31-characters-are-not-good')).toThrow(
    expect.objectContaining({ reason: 'config', message: expect.not.stringContaining('only') }),
  );
});

it('derives a key for each purpose', () => {
  expect(deriveKey(key, 'a')).toEqual(deriveKey(key, 'a'));
  expect(deriveKey(key, 'a')).not.toEqual(deriveKey(key, 'b'));
});

it('digests under the key, so that a password cannot be tried out on a token', () => {
  const [here, there] = [signerAt(start), signerAt(start, 'test', signingKeyOf(null))];
  expect(here.digest('walnut')).toBe(here.digest('walnut'));
  expect(here.digest('walnut')).not.toBe(here.digest('walnuts'));
  expect(here.digest('walnut')).not.toBe(there.digest('walnut'));
  expect(here.digest('walnut')).toHaveLength(16);
});
