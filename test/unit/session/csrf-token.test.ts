import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenInPage } from '../../../src/session/csrf-token.ts';

const token = fc.stringMatching(/^[A-Za-z0-9]{64}$|^[A-Za-z0-9]{32}$/);
const noise = fc.array(
  fc.constantFrom(
    '<p>',
    '<input name="q" value="csrfmiddlewaretoken">',
    '\n',
    '<!-- -->',
    '"',
    '&lt;',
    'é',
  ),
  { maxLength: 8 },
);

describe('the token in a page', () => {
  it('is found wherever and however the input stands', () => {
    fc.assert(
      fc.property(
        token,
        noise,
        noise,
        fc.boolean(),
        fc.constantFrom('"', "'"),
        (value, before, after, nameFirst, q) => {
          const name = `name=${q}csrfmiddlewaretoken${q}`;
          const attributes = [`type=${q}hidden${q}`, name, `value=${q}${value}${q}`];
          const input = `<input ${(nameFirst ? attributes : attributes.toReversed()).join(' ')}>`;
          expect(tokenInPage([...before, input, ...after].join(''))).toBe(value);
        },
      ),
    );
  });

  it('is nothing that is not a token, whatever the page is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2_000 }), (page) => {
        expect(tokenInPage(page) ?? 'a'.repeat(32)).toMatch(/^[A-Za-z0-9]{32,64}$/);
      }),
    );
  });

  it('is not looked for beyond its own tag', () => {
    expect(tokenInPage('<input name='.repeat(20_000))).toBeUndefined();
    expect(tokenInPage(`<input name="a"><p value="${'a'.repeat(32)}">`)).toBeUndefined();
  });
});
