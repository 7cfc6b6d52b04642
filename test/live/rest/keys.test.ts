import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathOf } from '../../../src/rest/routes.ts';
import { callAs, describeRest, digestOf, errorOf, rowsOf } from './rest-shop.ts';

/** Resolves the paths of stdin as Django does after the server has decoded them. */
const resolver = `
import json, sys, urllib.parse, django
django.setup()
from django.urls import resolve, Resolver404
out = []
for path in json.load(sys.stdin):
    try:
        match = resolve("/api/v1" + urllib.parse.unquote(path))
        out.append([match.route.removeprefix("api/v1"), match.kwargs])
    except Resolver404:
        out.append(None)
json.dump(out, sys.stdout)
`;

const patterns = [
  '/:app_label/:model_name/:pk/',
  '/:app_label/:model_name/:pk/form-spec/',
  '/:app_label/:model_name/:pk/history/',
  '/:app_label/:model_name/:pk/delete-preview/',
  '/:app_label/:model_name/:pk/password/',
  '/:app_label/:model_name/:pk/panel/:panel_name/',
];

const reserved = [
  'add',
  'bulk',
  'autocomplete',
  'actions',
  'history',
  'change',
  'panel',
  '.',
  '..',
];
const odd = [
  'a/b',
  '%2F',
  '%2e%2e',
  'why?',
  'c#',
  '100%',
  ' x ',
  '日本語',
  '🪑',
  '\n',
  '+',
  ';',
  '\\',
];

const keys = fc.oneof(
  fc.constantFrom(...reserved, ...odd),
  fc.string({ minLength: 1, maxLength: 12, unit: 'binary' }).filter((key) => !key.includes('\0')),
);

await describeRest('keys', (live) => {
  const call = callAs(live);

  test('reaches with every key the endpoint that was meant, or refuses it', () => {
    const samples = fc.sample(fc.tuple(fc.constantFrom(...patterns), keys), {
      numRuns: 2000,
      seed: 7,
    });
    const values = (pk: string) => ({
      app_label: 'lab',
      model_name: 'keyword',
      pk,
      panel_name: 'p',
    });
    const asked = samples
      .map(([pattern, pk]) => ({ pattern, pk, path: pathOf(pattern, values(pk)) }))
      .filter(({ path }) => path !== undefined);
    const { stdout, stderr } = spawnSync(live().shop.python, ['-c', resolver], {
      cwd: `${process.cwd()}/examples/shop`,
      env: { ...live().shop.env, DJANGO_SETTINGS_MODULE: 'shop.settings' },
      input: JSON.stringify(asked.map(({ path }) => path)),
      encoding: 'utf8',
    });
    const found = JSON.parse(stdout || stderr) as [string, { pk: string }][];
    expect(asked.length).toBeGreaterThan(1000);
    for (const [i, { pattern, pk }] of asked.entries())
      expect([found[i]?.[0], found[i]?.[1].pk]).toEqual([
        pattern.replaceAll(/:(\w+)/g, '<str:$1>'),
        pk,
      ]);
  });

  test('reads every seeded key that has an address, exactly that one', async () => {
    const rows = await rowsOf(live, 'lab.keyword', {});
    const refused: string[] = [];
    for (const { word } of rows) {
      const pk = String(word);
      const ref = { app_label: 'lab', model_name: 'keyword', pk };
      const answer = await call('retrieve', ref).catch(() => undefined);
      if (answer === undefined) refused.push(pk);
      else expect([answer.status, answer.body['pk']]).toEqual([200, pk]);
    }
    expect(refused.sort()).toEqual(
      ['/', '<b>bold</b>', 'add', 'and/or', 'autocomplete', 'bulk', 'trailing/'].sort(),
    );
  });

  test('never sends a key to another endpoint', async () => {
    const before = await digestOf(live);
    const keyword = { app_label: 'lab', model_name: 'keyword' };
    for (const [name, input] of [
      ['update', { pk: 'bulk', data: { weight: 9 } }],
      ['form_submit', { pk: 'bulk', data: { weight: 9 } }],
      ['destroy', { pk: 'and/or' }],
      ['destroy', { pk: '..' }],
      ['retrieve', { pk: 'autocomplete' }],
      ['history', { pk: 'actions' }],
      ['set_password', { pk: 'actions', password: 'long enough 1' }],
    ] as const) {
      const error = await errorOf(call(name, { ...keyword, ...input }));
      expect([error.reason, error.hint]).toEqual(['unsupported', expect.stringContaining('stock')]);
    }
    expect(await digestOf(live)).toEqual(before);
  });
});
