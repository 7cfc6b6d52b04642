import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '../../../../src/layers/confirm/canonical.ts';
import { createSpent } from '../../../../src/layers/confirm/spent.ts';
import {
  cascadeWords,
  listed,
  objectWords,
  quoted,
  valuesWords,
} from '../../../../src/layers/confirm/words.ts';

describe('text of a record in a question', () => {
  it('stays in its quotes', () => {
    expect(quoted('Oak"? Nothing else. "')).toBe('"Oak\\"? Nothing else. \\""');
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 60 }),
        (text) => typeof JSON.parse(quoted(text)) === 'string',
      ),
    );
  });

  it('stays on one line and hides nothing', () => {
    expect(quoted('Oak\r\n\tstool')).toBe('"Oak stool"');
    expect(quoted('Oak\u202elootS\u200b')).toBe('"Oak⟨U+202E⟩lootS⟨U+200B⟩"');
    expect(quoted('Oak\u2028Yes')).toBe('"Oak⟨U+2028⟩Yes"');
  });

  it('is shortened', () => {
    expect(quoted('x'.repeat(500))).toBe(`"${'x'.repeat(80)}…"`);
  });
});

describe('a question', () => {
  it('names the object by model, label and key', () => {
    const object = { app_label: 'sales', model_name: 'order', pk: '7' };
    expect(objectWords(object, 'Order 7')).toBe('sales.order "Order 7" (key "7")');
    expect(objectWords(object, undefined)).toBe('sales.order "7" (key "7")');
  });

  it('counts what goes with it', () => {
    const cascade = [
      { model: 'Orders', count: 1 },
      { model: 'Order lines', count: 2 },
    ];
    expect(cascadeWords(cascade)).toBe('In all this deletes 1 × "Orders", 2 × "Order lines".');
    expect(cascadeWords(null)).toBe('');
  });

  it('lists ten of many and counts the rest', () => {
    const labels = Array.from({ length: 25 }, (_, i) => `"${i}"`);
    expect(listed(labels)).toMatch(/"9" and 15 more$/);
    expect(listed(labels.slice(0, 2), 40)).toBe('"0", "1" and 38 more');
    expect(listed([], 40)).toBe('40 more');
  });

  it('shows new values, but no secret', () => {
    expect(valuesWords({ position: 7, note: 'a "b"', api_token: 'hunter2' })).toBe(
      '"position" = "7", "note" = "a \\"b\\"", "api_token" = (not shown)',
    );
  });
});

describe('canonical JSON', () => {
  it('is the same in any order of keys', () => {
    expect(canonical({ b: [1, { d: null, c: 'x' }], a: undefined })).toBe(
      '{"b":[1,{"c":"x","d":null}]}',
    );
  });

  it('is another for every other value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 2 }), (value) => {
        expect(JSON.parse(canonical(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('the memory of spent tokens', () => {
  it('takes a token once', () => {
    const spent = createSpent(() => 0);
    expect(spent.spend('a', 10)).toBe(true);
    expect(spent.spend('a', 10)).toBe(false);
    expect(spent.spend('b', 10)).toBe(true);
  });

  it('stays bounded, and forgets what has expired first', () => {
    let now = 0;
    const spent = createSpent(() => now, 2);
    spent.spend('long', 100);
    spent.spend('short', 10);
    now = 50;
    spent.spend('next', 100);
    expect(spent.spend('long', 100)).toBe(false);
    spent.spend('one more', 100);
    expect(spent.spend('long', 100)).toBe(true);
  });
});
