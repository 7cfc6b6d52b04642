import { describe, expect, test } from 'vitest';
import { flattenHtml } from '../../../src/operations/flatten-html.ts';
import type { JsonValue } from '../../../src/operations/json.ts';
import { fateOf } from '../../../src/rest/compare-value.ts';
import { encodeValue, keepValue } from '../../../src/rest/encode-value.ts';
import type { Field } from '../../../src/rest/fields.ts';

const field = (type: string, value: JsonValue = null, widget?: string): Field => ({
  name: 'f',
  label: 'F',
  maxLength: undefined,
  choices: [],
  type,
  required: false,
  readonly: false,
  widget,
  value,
});

describe('a value on its way to Django', () => {
  test.each<[string, Field, JsonValue, unknown]>([
    ['a text', field('string'), 'x', { value: 'x' }],
    ['a list for a text', field('string'), ['x'], { error: expect.any(String) }],
    ['a list where there was one', field('choice', ['a']), ['b'], { value: ['b'] }],
    ['a key as it was read', field('foreignkey'), { id: 7, label: 'x' }, { value: 7 }],
    ['no key', field('foreignkey'), null, { value: null }],
    ['keys', field('manytomany'), [1, { id: 2 }], { value: [1, 2] }],
    ['keys in a raw id field', field('manytomany', [], 'raw_id'), [1, 2], { value: '1,2' }],
    ['no keys in a raw id field', field('manytomany', [], 'raw_id'), [], { value: '' }],
    [
      'a key with a comma there',
      field('manytomany', [], 'raw_id'),
      ['a,b'],
      { unsupported: expect.any(String) },
    ],
    ['a JSON text', field('json'), 'x', { value: '"x"' }],
    ['an empty JSON object', field('json'), {}, { value: '{}' }],
    ['a JSON object', field('json'), { a: 1 }, { value: { a: 1 } }],
    ['a file as it was read', field('file', { name: 'a' }), { name: 'a' }, { skip: true }],
    ['a file by its name only', field('file', null), 'a.txt', { error: expect.any(String) }],
    [
      'a file',
      field('file', null),
      { file: { name: 'a.txt', content_base64: 'YQ==' } },
      { file: { name: 'a.txt', mediaType: 'text/plain', bytes: Buffer.from('a') } },
    ],
    ['no file where there is none', field('file', null), { clear: true }, { skip: true }],
    [
      'no file where there is one',
      field('file', { name: 'a' }),
      null,
      { unsupported: expect.any(String) },
    ],
  ])('%s', (_, target, value, expected) => {
    expect(encodeValue(target, value, undefined)).toEqual(expected);
  });

  test('a check box has no third state', () => {
    expect(encodeValue(field('boolean'), null, 'checkbox')).toHaveProperty('error');
    expect(encodeValue(field('boolean'), null, 'select')).toEqual({ value: null });
    expect(encodeValue(field('boolean'), 'true', 'checkbox')).toEqual({ value: true });
    expect(encodeValue(field('boolean'), 0, 'checkbox')).toHaveProperty('error');
  });
});

describe('a value that nobody mentioned', () => {
  test.each<[string, Field, unknown]>([
    ['goes along as JSON text when it is a JSON text', field('json', 'x'), { value: '"x"' }],
    ['goes along when it is an empty JSON list', field('json', []), { value: '[]' }],
    ['stays away when Python reads it back', field('json', { a: 1 }), undefined],
    [
      'is refused when a number cannot be told from a text',
      field('json', '9007199254740993'),
      { unsupported: expect.any(String) },
    ],
    [
      'goes along as a raw id',
      field('manytomany', [{ id: 1 }, { id: 2 }], 'raw_id'),
      { value: '1,2' },
    ],
    ['stays away as a plain select', field('manytomany', [{ id: 1 }]), undefined],
  ])('%s', (_, target, expected) => {
    expect(keepValue(target)).toEqual(expected);
  });
});

describe('what became of a value', () => {
  test.each<[string, JsonValue, JsonValue, JsonValue, string]>([
    ['string', ' x\r\n', 'a', 'x', 'stored'],
    ['string', 'x', 'a', 'a', 'kept'],
    ['string', 'x', 'a', 'y', 'adjusted'],
    ['string', 'A', 'a', 'a', 'adjusted'],
    ['decimal', '5', '4.00', '5.00', 'stored'],
    ['integer', '9007199254740993', 1, '9007199254740993', 'stored'],
    ['boolean', true, false, false, 'kept'],
    ['boolean', null, null, false, 'adjusted'],
    ['foreignkey', 7, { id: 6 }, { id: 7, label: 'x' }, 'stored'],
    ['foreignkey', 'by-code', { id: 6 }, { id: 6 }, 'adjusted'],
    ['manytomany', [2, 1], [], [{ id: 1 }, { id: 2 }], 'stored'],
    [
      'datetime',
      '2026-01-01 10:00',
      '2026-01-01T10:00:00+00:00',
      '2026-01-01T10:00:00+00:00',
      'adjusted',
    ],
    ['json', { a: 1 }, {}, { a: 1 }, 'stored'],
  ])('%s %j', (type, sent, before, after, fate) => {
    expect(fateOf(sent, field(type, before), field(type, after))).toBe(fate);
  });
});

test("flattens Django's links to text, and leaves what a record says alone", () => {
  expect(flattenHtml('Invoice: <a href="/x/?a=1&amp;b=2">A &amp; B &lt;b&gt;</a>')).toBe(
    'Invoice: A & B <b>',
  );
});
