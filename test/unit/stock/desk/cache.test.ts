import { expect, it } from 'vitest';
import { createCache } from '../../../../src/stock/desk/cache.ts';
import { shapeKey } from '../../../../src/stock/desk/memory.ts';

it('forgets what is too old', () => {
  let now = 0;
  const cache = createCache<string>({ maxEntries: 10, maxAgeMs: 100 }, () => now);
  cache.set('a', 'x');
  now = 99;
  expect(cache.get('a')).toBe('x');
  now = 100;
  expect(cache.get('a')).toBeUndefined();
  expect(cache.size()).toBe(0);
});

it('is bounded, and forgets what was not used for the longest time', () => {
  const cache = createCache<number>({ maxEntries: 2, maxAgeMs: 1000 });
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
});

it('keeps users and sites apart', () => {
  const model = { appLabel: 'auth', modelName: 'user' };
  const keys = new Set([
    shapeKey('https://a/admin/', 'one', model),
    shapeKey('https://a/admin/', 'two', model),
    shapeKey('https://b/admin/', 'one', model),
  ]);
  expect(keys.size).toBe(3);
});
