import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFieldGlob, parseModelGlob } from '../../../src/operations/globs.ts';

describe('a glob', () => {
  it.each([
    ['auth', 'auth', 'user', true],
    ['auth', 'authors', 'user', false],
    ['auth.*', 'auth', 'group', true],
    ['Auth.User', 'auth', 'user', true],
    ['*.user', 'accounts', 'user', true],
    ['*.*', 'a', 'b', true],
    ['sales.order*', 'sales', 'orderline', true],
    ['sales.*line', 'sales', 'orderlines', false],
    ['s*s.o*d*r', 'sales', 'order', true],
  ])('%s, asked for %s.%s, says %s', (text, app, model, expected) => {
    const glob = parseModelGlob(text);
    expect(glob?.app(app) && glob.model(model)).toBe(expected);
  });

  it.each(['', '.', 'auth.', '.user', 'a.b.c', 'a b', 'auth/user', 'auth.user;', 'a.[bc]'])(
    'is not "%s"',
    (text) => expect(parseModelGlob(text)).toBeUndefined(),
  );

  it.each(['salary', '*.salary', 'a.b.c.d', 'a..c'])('of a field is not "%s"', (text) =>
    expect(parseFieldGlob(text)).toBeUndefined(),
  );

  it('matches as stars do, and fast, however many there are', () => {
    const part = fc.stringMatching(/^[ab*]{1,8}$/);
    fc.assert(
      fc.property(part, fc.stringMatching(/^[ab]{0,10}$/), (pattern, name) => {
        const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name);
        expect(parseModelGlob(`x.${pattern}`)?.model(name)).toBe(expected);
      }),
    );
    const started = performance.now();
    parseModelGlob(`x.${'*a'.repeat(500)}b`)?.model('a'.repeat(10_000));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
