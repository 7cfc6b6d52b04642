import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../src/operations/errors.ts';
import type { JsonObject } from '../../../src/operations/json.ts';
import { overlay } from '../../../src/stock/forms/overlay.ts';
import { overlayRows } from '../../../src/stock/forms/overlay-rows.ts';
import { successfulControls } from '../../../src/stock/forms/successful.ts';
import type { FormPair } from '../../../src/stock/forms/types.ts';
import { readChangelist } from '../../../src/stock/pages/changelist.ts';
import { readFormPage } from '../../../src/stock/pages/form-page.ts';
import { djangos, pageOf, themes } from './recorded.ts';

const page = readFormPage(...pageOf('django-52', 'change'));
const untouched = page.form === null ? [] : successfulControls(page.form);

/** What the patch adds to the posted pairs and takes away from them. */
const difference = (patch: JsonObject, options?: { timeZone: string | null }) => {
  const { pairs } = overlay(page, patch, options);
  const text = (pair: FormPair) => pair.join('=');
  const before = untouched.map(text);
  const after = pairs.map(text);
  return {
    out: before.filter((each) => !after.includes(each)),
    in: after.filter((each) => !before.includes(each)),
  };
};

const problems = (patch: JsonObject, target = page): unknown => {
  try {
    overlay(target, patch);
  } catch (error) {
    if (error instanceof GatewayError && error.reason === 'input') return error.details?.['fields'];
    throw error;
  }
  throw new Error('The patch was taken.');
};

describe('a patch over a form', () => {
  it.each([...djangos, ...themes])('that is empty posts what the page shows: %s', (setup) => {
    const each = readFormPage(...pageOf(setup, 'change'));
    const result = overlay(each, {});
    expect(result.pairs).toEqual(each.form === null ? [] : successfulControls(each.form));
    expect(result.changed).toEqual([]);
  });

  it('of the values that were read changes nothing', () => {
    const values = page.fields
      .filter(({ readonly, widget }) => !readonly && widget.kind !== 'password')
      .map(({ name, value }) => [name, value] as const);
    const result = overlay(page, Object.fromEntries(values));
    expect(result.pairs).toEqual(untouched);
    expect(result).toMatchObject({ changed: [], files: [] });
  });

  it.each<[string, JsonObject, string[], string[]]>([
    ['text', { name: 'New' }, ['name=Product 0'], ['name=New']],
    ['a decimal as number', { price: 12.5 }, ['price=1234.50'], ['price=12.5']],
    [
      'an integer beyond 2^53 as text',
      { big: '9223372036854775807' },
      ['big=9007199254740993'],
      ['big=9223372036854775807'],
    ],
    ['an unchecked box', { active: false }, ['active=on'], []],
    ['a third state', { checked: true }, ['checked=unknown'], ['checked=true']],
    ['a choice', { status: 'x' }, ['status=d'], ['status=x']],
    ['a choice by number', { size: 2 }, ['size=1'], ['size=2']],
    ['a date', { released: '2025-02-28' }, ['released=2024-01-03'], ['released=2025-02-28']],
    ['no date', { released: null }, ['released=2024-01-03'], ['released=']],
    [
      'a time with microseconds',
      { opens: '01:02:03.5' },
      ['opens=13:05:09'],
      ['opens=01:02:03.500000'],
    ],
    [
      'a date-time',
      { updated: '2025-02-28T01:02' },
      ['updated_0=2024-03-01', 'updated_1=15:07:33'],
      ['updated_0=2025-02-28', 'updated_1=01:02:00'],
    ],
    [
      'JSON',
      { data: [1, { a: null }] },
      ['data={"a": [1, "x"], "b": null}'],
      ['data=[1,{"a":null}]'],
    ],
    ['JSON as text', { data: '{"z": 1}' }, ['data={"a": [1, "x"], "b": null}'], ['data={"z": 1}']],
    ['a foreign key', { category: 2 }, ['category=1'], ['category=2']],
    [
      'a foreign key as it was read',
      { category: { id: '2', label: 'Toys' } },
      ['category=1'],
      ['category=2'],
    ],
    ['no foreign key', { by_slug: null }, ['by_slug=toys'], ['by_slug=']],
    [
      'an autocompleted key',
      { supplier: '00000000-0000-0000-0000-000000000007' },
      ['supplier='],
      ['supplier=00000000-0000-0000-0000-000000000007'],
    ],
    ['many', { tags: ['4', { id: '1', label: 'tag0' }] }, ['tags=2'], ['tags=4']],
    ['none of many', { boxes: [] }, ['boxes=4'], []],
    ['raw ids', { raws: [1, '2'] }, ['raws=3,4'], ['raws=1,2']],
    ['a password', { secret: 'new' }, ['secret='], ['secret=new']],
    ['a cleared file', { file: null }, [], ['file-clear=on']],
    ['a cleared file, by name', { file: { clear: true } }, [], ['file-clear=on']],
  ])('sets %s and touches nothing else', (_what, patch, out, added) => {
    expect(difference(patch)).toEqual({ out, in: added });
    expect(overlay(page, patch).changed).toEqual(Object.keys(patch));
  });

  it('keeps the place and the hidden copy of a field', () => {
    const { pairs } = overlay(page, { code: 'X' });
    const names = pairs.map(([name]) => name);
    expect(names).toEqual(untouched.map(([name]) => name));
    expect(pairs).toContainEqual(['initial-code', 'C0']);
  });

  it('converts a moment with a zone where the zone of the server is known', () => {
    const patch = { updated: '2024-07-01T10:00:00Z' };
    expect(difference(patch, { timeZone: 'Europe/Berlin' }).in).toEqual([
      'updated_0=2024-07-01',
      'updated_1=12:00:00',
    ]);
    expect(
      difference({ updated: '2024-12-31T23:30:00.25-02:00' }, { timeZone: 'Europe/Berlin' }).in,
    ).toEqual(['updated_0=2025-01-01', 'updated_1=02:30:00.250000']);
    expect(problems(patch)).toHaveProperty('updated');
  });

  it('takes a file as a part of its own', () => {
    const { files, multipart, pairs } = overlay(page, {
      file: { file: { name: 'b.csv', content_base64: 'aGk=' } },
    });
    expect(files).toEqual([
      { field: 'file', name: 'b.csv', mediaType: 'text/csv', bytes: Buffer.from('hi') },
    ]);
    expect(multipart).toBe(true);
    expect(pairs).toEqual(untouched);
  });

  it.each<[string, JsonObject]>([
    ['a list for a text', { name: ['a'] }],
    ['an object for a text', { name: { a: 1 } }],
    ['true for a text', { name: true }],
    ['a grouped number', { price: '1,234.50' }],
    ['a number that an integer field would misread', { stock: '1.000' }],
    ['a fraction for an integer', { stock: 1.5 }],
    ['an integer that has lost digits', { big: 9007199254740994 }],
    ['a text for a box', { active: 'false' }],
    ['0 for a box', { active: 0 }],
    ['an unknown choice', { status: 'z' }],
    ['a label for a choice', { status: 'Draft' }],
    ['an empty choice that is not offered', { status: null }],
    ['an unknown foreign key', { category: '99' }],
    ['a list for a foreign key', { category: ['1'] }],
    ['one for many', { tags: '1' }],
    ['an unknown one of many', { tags: ['99'] }],
    ['a key of the wrong shape', { auto: ['1', 'nonsense'] }],
    ['a key with a comma', { raws: ['1,2'] }],
    ['a date that is none', { released: '2024-02-30' }],
    ['a date of the locale', { released: '31.12.2024' }],
    ['a time that is none', { opens: '25:00' }],
    ['a date for a date-time', { updated: '2024-01-01' }],
    ['a path for a file', { file: 'a.txt' }],
    ['a file name with a path', { file: { file: { name: '../a', content_base64: '' } } }],
    ['a content that is not base64', { file: { file: { name: 'a', content_base64: '%' } } }],
    ['a read-only field', { shout: 'x' }],
    ['an unknown field', { nmae: 'x' }],
    ['an unknown inline', { inlines: { item: [] } }],
    ['inlines that are a list', { inlines: [] }],
  ])('refuses %s', (_what, patch) => {
    const found = problems(patch) as Record<string, string[]>;
    expect(Object.keys(found)).toHaveLength(1);
    expect(Object.values(found)[0]?.[0]).toMatch(/[.?]$/);
  });

  it('names every problem, and the nearest name', () => {
    expect(problems({ nmae: 'x', active: 1 })).toEqual({
      nmae: [expect.stringContaining('"name"')],
      active: ['Give true or false.'],
    });
  });

  it('names what posting the form may damage, but for the fields it sets', () => {
    const hazards = (patch: JsonObject) =>
      overlay(page, patch).hazards.map(({ kind, field }) => `${kind} ${field}`);
    expect(hazards({})).toEqual([
      'whitespace description',
      'precision opens',
      'precision updated',
      'password_wiped secret',
      'precision review_set-0-at',
    ]);
    expect(hazards({ secret: 'x', opens: '01:00', description: 'x' })).toEqual([
      'precision updated',
      'precision review_set-0-at',
    ]);
  });
});

describe('a patch over an add page', () => {
  it('has nothing stored that it could damage', () => {
    const add = readFormPage(...pageOf('django-52', 'add'));
    expect(overlay(add, { name: 'x' })).toMatchObject({ changed: ['name'], hazards: [] });
  });
});

describe('a patch over inlines', () => {
  it('changes a row by its pk', () => {
    expect(difference({ inlines: { item_set: [{ pk: '2', qty: 7, flag: false }] } })).toEqual({
      out: ['item_set-1-qty=1', 'item_set-1-flag=on'],
      in: ['item_set-1-qty=7'],
    });
  });

  it('deletes a row by its pk', () => {
    expect(difference({ inlines: { item_set: [{ pk: 1, _delete: true }] } })).toEqual({
      out: [],
      in: ['item_set-0-DELETE=on'],
    });
  });

  it('fills the blank row first, and then rows copied from the template', () => {
    const { in: added, out } = difference({
      inlines: {
        item_set: [
          { title: 'A', qty: 2 },
          { title: 'B', tag: '3' },
        ],
      },
    });
    expect(out).toEqual(['item_set-TOTAL_FORMS=3', 'item_set-2-title=', 'item_set-2-qty=1']);
    expect(added).toEqual([
      'item_set-TOTAL_FORMS=4',
      'item_set-2-title=A',
      'item_set-2-qty=2',
      'item_set-3-id=',
      'item_set-3-product=1',
      'item_set-3-title=B',
      'item_set-3-qty=1',
      'item_set-3-day=',
      'item_set-3-tag=3',
    ]);
  });

  it('takes the way of the REST contract as well', () => {
    const contract = {
      item_set: {
        items: [
          { pk: '2', fields: { qty: 7 } },
          { pk: '1', DELETE: true },
        ],
      },
    };
    expect(difference({ inlines: contract })).toEqual({
      out: ['item_set-1-qty=1'],
      in: ['item_set-1-qty=7', 'item_set-0-DELETE=on'],
    });
  });

  it.each<[string, JsonObject, string]>([
    ['a pk that no row has', { item_set: [{ pk: '99', qty: 1 }] }, 'item_set.0'],
    ['an unknown field', { item_set: [{ pk: '1', quantity: 1 }] }, 'item_set.0.quantity'],
    ['a bad value in a new row', { item_set: [{ title: 'x', qty: 'many' }] }, 'item_set.0.qty'],
    ['a new row where none may be added', { fixed_set: [{ text: 'x' }] }, 'fixed_set.0'],
    ['a change where none is allowed', { fixed_set: [{ pk: '1', text: 'x' }] }, 'fixed_set.0.text'],
    [
      'a deletion where none is allowed',
      { fixed_set: [{ pk: '1', _delete: true }] },
      'fixed_set.0',
    ],
    ['a new row that says nothing', { item_set: [{}] }, 'item_set.0'],
    ['a new row like the blank one', { item_set: [{ title: 'A' }, { qty: 1 }] }, 'item_set.1'],
    ['a deletion of nothing', { item_set: [{ _delete: true }] }, 'item_set.0'],
    [
      'too many rows',
      { review_set: Array.from({ length: 4 }, () => ({ author: 'A', body: 'b' })) },
      'review_set',
    ],
  ])('refuses %s', (_what, inlines, path) => {
    expect(problems({ inlines })).toHaveProperty([path]);
  });
});

describe.each(djangos)('a patch over rows of a list: %s', (setup) => {
  const list = readChangelist(...pageOf(setup, 'list'));

  it('posts the wanted rows only, with all of their fields and numbers of their own', () => {
    const { pairs, changed } = overlayRows(list, [
      { pk: '3', data: { stock: 5 } },
      { pk: '2', data: { stock: 5, active: true } },
    ]);
    expect(pairs).toEqual([
      ['form-TOTAL_FORMS', '2'],
      ['form-INITIAL_FORMS', '2'],
      ['form-MIN_NUM_FORMS', '0'],
      ['form-MAX_NUM_FORMS', '1000'],
      ['form-0-id', '3'],
      ['form-0-active', 'on'],
      ['form-0-stock', '5'],
      ['form-1-id', '2'],
      ['form-1-stock', '5'],
      ['form-1-active', 'on'],
    ]);
    expect([...changed]).toEqual([
      ['3', ['stock']],
      ['2', ['stock', 'active']],
    ]);
  });

  it('lays other values over each row', () => {
    const { pairs, changed } = overlayRows(list, [
      { pk: '3', data: { stock: 5 } },
      { pk: '2', data: { active: true } },
    ]);
    expect(pairs).toContainEqual(['form-0-stock', '5']);
    expect(pairs).not.toContainEqual(['form-1-stock', '5']);
    expect([...changed]).toEqual([
      ['3', ['stock']],
      ['2', ['active']],
    ]);
  });

  it('refuses columns that cannot be edited, and keys that are not there', () => {
    expect(() => overlayRows(list, [{ pk: '3', data: { name: 'x' } }])).toThrow(GatewayError);
    expect(() => overlayRows(list, [{ pk: '99', data: {} }])).toThrow(
      expect.objectContaining({ reason: 'missing' }),
    );
    const plain = readChangelist(...pageOf(setup, 'list-categories'));
    expect(() => overlayRows(plain, [{ pk: '1', data: {} }])).toThrow(
      expect.objectContaining({ reason: 'unsupported' }),
    );
  });
});
