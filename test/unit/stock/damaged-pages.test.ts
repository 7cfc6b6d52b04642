import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../src/operations/errors.ts';
import { overlay } from '../../../src/stock/forms/overlay.ts';
import { readChangelist } from '../../../src/stock/pages/changelist.ts';
import { readDeletePage } from '../../../src/stock/pages/delete-page.ts';
import { readFormPage } from '../../../src/stock/pages/form-page.ts';
import { readGenericPage } from '../../../src/stock/pages/generic-page.ts';
import { readHistoryPage } from '../../../src/stock/pages/history-page.ts';
import { readIndexPage } from '../../../src/stock/pages/index-page.ts';
import { readPasswordPage } from '../../../src/stock/pages/password-page.ts';
import type { PageAddress } from '../../../src/stock/pages/types/shared.ts';
import { pageOf } from './recorded.ts';

const parsers: Readonly<Record<string, (html: string, at: PageAddress) => unknown>> = {
  form: (html, at) => {
    const page = readFormPage(html, at);
    return page.form === null ? page : overlay(page, {});
  },
  changelist: readChangelist,
  index: readIndexPage,
  delete: readDeletePage,
  history: readHistoryPage,
  password: readPasswordPage,
  generic: readGenericPage,
};

const pages = [
  'change',
  'invalid',
  'list',
  'delete',
  'history',
  'password',
  'index',
  'ask',
] as const;
const sources = pages.map((name) => pageOf('django-61', name)[0]);

/** A hang is what is looked for, on whatever machine at whatever load; in milliseconds. */
const timeout = 60_000;

/** Every parser takes the page, or says in a typed error that it cannot. */
const survive = (html: string, path = '/admin/lab/product/1/change/'): void => {
  for (const read of Object.values(parsers)) {
    try {
      read(html, { adminPath: '/admin/', path });
    } catch (error) {
      expect(error).toBeInstanceOf(GatewayError);
    }
  }
};

const source = fc.constantFrom(...sources);
const part = fc.double({ min: 0, max: 1, noNaN: true });

describe('pages that are not what they should be', { timeout }, () => {
  it('are read or refused when they end early', () => {
    fc.assert(
      fc.property(source, part, (html, at) => survive(html.slice(0, Math.floor(html.length * at)))),
      { numRuns: 40 },
    );
  });

  it('are read or refused when their pieces are in another order', () => {
    fc.assert(
      fc.property(source, fc.array(part, { minLength: 4, maxLength: 12 }), (html, order) => {
        const lines = html.split('\n');
        const size = Math.ceil(lines.length / order.length);
        const chunks = order.map((key, i) => ({
          key,
          text: lines.slice(i * size, (i + 1) * size).join('\n'),
        }));
        survive(
          chunks
            .sort((a, b) => a.key - b.key)
            .map(({ text }) => text)
            .join('\n'),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('are read or refused when tags or attributes are missing', () => {
    fc.assert(
      fc.property(
        source,
        fc.constantFrom(
          '</div>',
          '</td>',
          '</form>',
          '</select>',
          ' name=',
          ' value=',
          ' id=',
          ' class=',
          '"',
          '<option',
        ),
        (html, lost) => survive(html.replaceAll(lost, '')),
      ),
      { numRuns: 40 },
    );
  });

  it('are read or refused when they are garbage', () => {
    const tag = fc.constantFrom(
      '<form method=post>',
      '<input name=a-TOTAL_FORMS value=999999999>',
      '<input name=a-0-x>',
      '<select name=x>',
      '<table id=result_list>',
      '<tr>',
      '<td class=field-x>',
      '<ul class=errorlist>',
      '<fieldset class=module>',
      '<template>',
      '<svg>',
      '<math>',
      '</form>',
      '</table>',
      '<a href="http://[">',
      '<a href="?p=99999999999999&all=">',
      '<option value="?o=-">',
      '<!--',
      '<![CDATA[',
      '\0',
      '<textarea>',
      '<script>',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(tag, fc.string()), { maxLength: 40 }), (parts) =>
        survive(parts.join('')),
      ),
      { numRuns: 200 },
    );
  });

  it('cannot make us count to a number that they name', () => {
    const page = readFormPage(
      '<form method=post><input type=hidden name=a-TOTAL_FORMS value=4000000000><input type=hidden name=a-INITIAL_FORMS value=0></form>',
      { adminPath: '/admin/', path: '/admin/a/b/1/change/' },
    );
    expect(page.inlines[0]?.rows).toEqual([]);
  });

  it('cannot reach our own objects by the names they use', () => {
    const page = readFormPage(
      '<form method=post id=b_form><input name=__proto__ value=1><input name=constructor value=2><input id=__proto__ name=toString></form>',
      { adminPath: '/admin/', path: '/admin/a/b/1/change/' },
    );
    expect(page.fields.map(({ name, value }) => [name, value])).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
      ['toString', ''],
    ]);
    expect(overlay(page, { constructor: 'x' }).pairs).toContainEqual(['constructor', 'x']);
  });

  it.each([
    '<p>',
    '</p>',
    '<a href="?p=1">x</a>',
    '<input name=a>',
    '<ul class=errorlist><li>x</ul>',
    '&amp;',
    '<td class="field-a">',
    ' ',
  ])('take time in proportion to their length, of nothing but %j', (piece) => {
    const pageOf = (length: number): string =>
      `<form method=post id=x_form>${piece.repeat(Math.floor(length / piece.length))}`;
    const [short, long] = [pageOf(20_000), pageOf(320_000)];
    const timeOf = (run: () => void): number => {
      const started = performance.now();
      run();
      return performance.now() - started;
    };
    /** 1 where time goes with the length, 16 where it goes with the square of it. */
    const growth = (): number =>
      timeOf(() => survive(long)) /
      timeOf(() => {
        for (let i = 0; i < 16; i += 1) survive(short);
      });
    // A busy machine may spoil some of the rounds.
    let least = growth();
    for (let round = 1; round < 5 && least > 6; round += 1) least = Math.min(least, growth());
    expect(least).toBeLessThan(6);
  });
});
