import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pkOfSegment, pkSegment, quotePk, unquotePk } from '../../../src/django/quote.ts';

/** `[text, quote(text), unquote(text)]` by django.contrib.admin.utils of Django 6.1. */
const table = JSON.parse(
  readFileSync(new URL('./fixtures/quote.json', import.meta.url), 'utf8'),
) as [string, string, string][];

describe('quoting of primary keys', () => {
  it('quotes as Django does', () => {
    for (const [text, quoted] of table) expect(quotePk(text)).toBe(quoted);
  });

  it('unquotes as Django does', () => {
    for (const [text, , unquoted] of table) expect(unquotePk(text)).toBe(unquoted);
  });

  it('gives every key back from its URL segment, which holds no slash', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (pk) => {
        const segment = pkSegment(pk);
        expect(segment).not.toMatch(/[/?#]/);
        expect(pkOfSegment(segment)).toBe(pk);
      }),
    );
  });

  it('takes a segment that is not percent-encoded as it stands', () => {
    expect(pkOfSegment('100%')).toBe('100%');
  });
});
