import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFormats } from '../../../src/stock/formats/formats.ts';
import { inputDate, inputTime, lacksSeconds } from '../../../src/stock/formats/inputs.ts';
import {
  parseIsoDate,
  parseIsoDateTime,
  parseIsoTime,
  writeTime,
} from '../../../src/stock/formats/iso.ts';
import { monthOf } from '../../../src/stock/formats/months.ts';
import { parseShown } from '../../../src/stock/formats/shown.ts';
import { readChangelist } from '../../../src/stock/pages/changelist.ts';
import { readFormPage } from '../../../src/stock/pages/form-page.ts';
import { djangos, pageOf, recorded, recordedJson } from './recorded.ts';

interface Truth {
  readonly released: string | null;
  readonly updated: string | null;
  readonly price: string;
}

const truth = recordedJson('locales-52', 'truth') as Record<string, Truth>;

/** Languages whose months or clock the catalogue tells. */
const full = [
  'en',
  'de',
  'fr',
  'es',
  'ru',
  'ar',
  'zh-hans',
  'ro',
  'pl',
  'pt-br',
  'ja',
  'fi',
  'nl',
  'it',
  'cs',
  'tr',
  'sv',
  'uk',
  'vi',
  'ko',
];

const formatsOf = (language: string) => {
  const formats = parseFormats(recorded('locales-52', `${language}/jsi18n`).body ?? '');
  if (formats === null) throw new Error(`no formats for ${language}`);
  return formats;
};

describe.each(full)('cells of a list in %s', (language) => {
  const formats = formatsOf(language);
  const [html] = pageOf('locales-52', `${language}/list`);
  const list = readChangelist(`<form method=post>${html}</form>`, {
    adminPath: '/admin/',
    path: '/admin/lab/product/',
  });
  const cell = (pk: string, column: string) =>
    list.rows.find((row) => row.pk === pk)?.cells.find((each) => each.column === column)?.text ??
    '';

  it.each(['released', 'updated', 'price'] as const)(
    '%s is what the database has, or unknown, never wrong',
    (column) => {
      const type = { released: 'date', updated: 'datetime', price: 'decimal' } as const;
      let known = 0;
      for (const [pk, row] of Object.entries(truth)) {
        const parsed = parseShown(cell(pk, column), type[column], formats);
        if (row[column] === null || parsed === undefined) {
          expect(row[column] === null ? parsed : undefined).toBeUndefined();
          continue;
        }
        expect(parsed).toBe(row[column]);
        known++;
      }
      // Every value but the one that is empty.
      expect(known).toBeGreaterThanOrEqual(column === 'updated' ? 11 : 12);
    },
  );
});

describe('the catalogue of formats', () => {
  it.each(djangos)('is read from %s', (setup) => {
    expect(parseFormats(recorded(setup, 'jsi18n').body ?? '')).toMatchObject({
      dateFormat: 'N j, Y',
      dateTimeFormat: 'N j, Y, P',
      timeFormat: 'P',
      decimalSeparator: '.',
      thousandSeparator: ',',
    });
  });

  it('is text to us: scripts that are something else are null', () => {
    expect(parseFormats('')).toBeNull();
    expect(parseFormats('django.formats = {')).toBeNull();
    expect(parseFormats('django.formats = {"a": process.exit()}')).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => void parseFormats(`django.formats = {${text}`)));
  });

  it('knows noon and midnight, mornings and afternoons', () => {
    const formats = formatsOf('en');
    expect(
      ['noon', 'midnight', '1 p.m.', '12:30 a.m.', '12:05 p.m.', '25 p.m.', '-'].map((text) =>
        parseShown(text, 'time', formats),
      ),
    ).toEqual(['12:00', '00:00', '13:00', '00:30', '12:05', undefined, undefined]);
  });

  it('leaves alone what does not fit', () => {
    const formats = formatsOf('de');
    expect(parseShown('-', 'date', formats)).toBeUndefined();
    expect(parseShown('1.234,50', 'decimal', formats)).toBe('1234.50');
    expect(parseShown('1.234', 'integer', formats)).toBe(1234);
    expect(parseShown('9.007.199.254.740.993', 'integer', formats)).toBe('9007199254740993');
    expect(parseShown('twelve', 'integer', formats)).toBeUndefined();
    expect(parseShown('x', 'string', formats)).toBeUndefined();
  });
});

describe.each(['de', 'ar', 'zh-hans', 'ro'])('a form in %s', (language) => {
  it('has the values that it has in English', () => {
    const { fields } = readFormPage(...pageOf('locales-52', `${language}/change`));
    const values = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
    const seconds = language === 'zh-hans' || language === 'ro' ? '00' : undefined;
    expect(values).toMatchObject({
      price: '1234.50',
      big: '9007199254740993',
      released: '2024-01-03',
      opens: `13:05:${seconds ?? '09'}`,
      updated: `2024-03-01T15:07:${seconds ?? '33'}`,
    });
  });
});

describe('dates and times of inputs', () => {
  it.each([
    ['2024-05-01', '2024-05-01'],
    ['1.5.2024', '2024-05-01'],
    ['01/05/2024', '2024-05-01'],
    ['2024. 5. 1.', '2024-05-01'],
    ['31.02.2024', undefined],
    ['1.5.24', undefined],
    ['', undefined],
    ['nope', undefined],
  ])('%s is %s', (text, iso) => {
    expect(inputDate(text)).toBe(iso);
  });

  it.each([
    ['14:30:05', '14:30:05'],
    ['14.30.05', '14:30:05'],
    ['14:30', '14:30:00'],
    ['14:30:05.25', '14:30:05.250000'],
    ['25:00', undefined],
    ['2 p.m.', undefined],
  ])('%s is %s', (text, iso) => {
    expect(inputTime(text)).toBe(iso);
  });

  it('tells a time without seconds', () => {
    expect(lacksSeconds('14:30')).toBe(true);
    expect(lacksSeconds('14:30:00')).toBe(false);
  });
});

describe('ISO 8601', () => {
  it('has no thirtieth of February', () => {
    expect(parseIsoDate('2024-02-29')).toEqual({ year: 2024, month: 2, day: 29 });
    expect(parseIsoDate('2023-02-29')).toBeUndefined();
    expect(parseIsoDate('1900-02-29')).toBeUndefined();
    expect(parseIsoDate('0001-01-01')).toBeDefined();
  });

  it('keeps microseconds', () => {
    expect(parseIsoTime('01:02:03.000004')).toMatchObject({ microsecond: 4 });
    expect(writeTime({ hour: 1, minute: 2, second: 3, microsecond: 4 })).toBe('01:02:03.000004');
  });

  it.each([
    ['2024-05-01T12:30', null],
    ['2024-05-01 12:30:00Z', 0],
    ['2024-05-01T12:30:00+05:30', 330],
    ['2024-05-01T12:30:00-0130', -90],
    ['2024-05-01T12:30:00+02', 120],
  ])('%s has the offset %s', (text, offsetMinutes) => {
    expect(parseIsoDateTime(text)).toEqual({ date: '2024-05-01', time: '12:30:00', offsetMinutes });
  });
});

describe('the name of a month', () => {
  it('is known by its other spelling', () => {
    const months = [
      ['март', 'march'],
      ['أبريل', 'april'],
      ['май', 'may'],
    ];
    expect(monthOf('إبريل', months)).toBe(2);
    expect(monthOf('мая', months)).toBe(3);
    expect(monthOf('Brumaire', months)).toBeUndefined();
  });
});
