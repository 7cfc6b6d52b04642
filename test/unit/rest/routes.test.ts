import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathOf, requirePath } from '../../../src/rest/routes.ts';

/** `api/urls.py` of 1.8.1 as regular expressions, as Django makes them of its routes. */
const django = [
  'registry/',
  'schema/',
  'recent-actions/',
  'login/',
  'logout/',
  '<app_label>/<model_name>/autocomplete/',
  '<app_label>/<model_name>/actions/<action_name>/',
  '<app_label>/<model_name>/bulk/',
  '<app_label>/<model_name>/add/form-spec/',
  '<app_label>/<model_name>/add/',
  '<app_label>/<model_name>/',
  '<app_label>/<model_name>/<pk>/panel/<panel_name>/',
  '<app_label>/<model_name>/<pk>/form-spec/',
  '<app_label>/<model_name>/<pk>/change/',
  '<app_label>/<model_name>/<pk>/history/',
  '<app_label>/<model_name>/<pk>/delete-preview/',
  '<app_label>/<model_name>/<pk>/password/',
  '<app_label>/<model_name>/<pk>/',
].map((route) => ({
  route,
  pattern: new RegExp(`^/${route.replaceAll(/<(\w+)>/g, '(?<$1>[^/]+)')}$`, 'su'),
}));

const resolve = (path: string) => {
  const decoded = decodeURIComponent(new URL(path, 'http://x').pathname);
  for (const { route, pattern } of django) {
    const match = pattern.exec(decoded);
    if (match !== null) return { route, groups: match.groups ?? {} };
  }
  return undefined;
};

const patterns = [
  '/:app_label/:model_name/:pk/',
  '/:app_label/:model_name/:pk/form-spec/',
  '/:app_label/:model_name/:pk/history/',
  '/:app_label/:model_name/:pk/delete-preview/',
  '/:app_label/:model_name/:pk/password/',
  '/:app_label/:model_name/:pk/panel/:panel_name/',
];

const keys = fc.oneof(
  fc.constantFrom(
    'add',
    'bulk',
    'autocomplete',
    'actions',
    'panel',
    'history',
    '.',
    '..',
    '%2e',
    'a/b',
    '%2F',
    '?',
    '#',
    ' ',
    'é',
    '🪑',
    '\\',
    '\n',
    '\t',
    '',
  ),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
);

describe('the path of a key', () => {
  test('leads Django to the endpoint that was meant, with exactly that key, or there is none', () => {
    fc.assert(
      fc.property(fc.constantFrom(...patterns), keys, (pattern, pk) => {
        const path = pathOf(pattern, {
          app_label: 'lab',
          model_name: 'thing',
          panel_name: 'p',
          pk,
        });
        if (path === undefined) return;
        const found = resolve(path);
        expect(found?.route).toBe(pattern.slice(1).replaceAll(/:(\w+)/g, '<$1>'));
        expect(found?.groups['pk']).toBe(pk);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    '7',
    'why?',
    'c#',
    '100%',
    '50%2Foff',
    'two words',
    '日本語',
    'actions',
    'history',
    '%2e',
  ])('exists for the object "%s"', (pk) => {
    expect(pathOf('/:app_label/:model_name/:pk/', { app_label: 'a', model_name: 'm', pk })).toBe(
      `/a/m/${encodeURIComponent(pk)}/`,
    );
  });

  test.each(['add', 'bulk', 'autocomplete', 'a/b', '/', '.', '..', '', '\uD800'])(
    'does not exist for the object "%s"',
    (pk) => {
      const values = { app_label: 'a', model_name: 'm', pk };
      expect(pathOf('/:app_label/:model_name/:pk/', values)).toBeUndefined();
      expect(() => requirePath('/:app_label/:model_name/:pk/', values)).toThrow('no address');
    },
  );

  test('of an object called "actions" does not reach an action', () => {
    const values = { app_label: 'a', model_name: 'm', pk: 'actions' };
    for (const end of ['history', 'password', 'form-spec', 'delete-preview'])
      expect(pathOf(`/:app_label/:model_name/:pk/${end}/`, values)).toBeUndefined();
  });
});
