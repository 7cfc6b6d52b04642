import { expect, test } from 'vitest';
import { createRestUpstream } from '../../../src/rest/upstream.ts';
import { cutBefore, cutTo, type Damage, replaceBy } from '../support/damage.ts';
import { describeShops, oneSeries } from '../support/live-shop.ts';
import { digestOf, errorOf, restOptions, rowOf, throughProxy } from './rest-shop.ts';

const tag = { app_label: 'catalog', model_name: 'tag', pk: '1' };
const timeoutMs = 3_000;
const page = '<h1>SECRET_KEY = SECRET</h1>';
const html = (status: number, headers = {}) => replaceBy(status, 'text/html', page, headers);
const json = (status: number, body: string) => replaceBy(status, 'application/json', body);

/** The name of the damage, the damage, what a read and a write end with, and whether Django wrote. */
type Case = readonly [string, Pick<Damage, 'before' | 'to'>, string, string, boolean];

const cases: readonly Case[] = [
  ['JSON that was cut short', { to: cutTo(0.5) }, 'upstream', 'unknown_outcome', true],
  ['an empty body', { to: cutTo(0) }, 'upstream', 'unknown_outcome', true],
  ['a JSON list', { to: json(200, '["SECRET"]') }, 'upstream', 'unknown_outcome', true],
  ['a page with status 200', { to: html(200) }, 'upstream', 'unknown_outcome', true],
  ['a page with status 502', { to: html(502) }, 'upstream', 'unknown_outcome', true],
  [
    'a 500 in JSON',
    { to: json(500, '{"error":{"code":"SECRET"}}') },
    'upstream',
    'unknown_outcome',
    true,
  ],
  ['a dropped connection', { to: 'drop' }, 'upstream', 'unknown_outcome', true],
  ['half an answer', { to: 'break' }, 'upstream', 'unknown_outcome', true],
  ['no answer in time', { to: 'hold' }, 'timeout', 'unknown_outcome', true],
  ['a limit of the proxy', { before: true, to: html(413) }, 'too_large', 'too_large', false],
  ['a 400 page', { before: true, to: html(400) }, 'upstream', 'upstream', false],
  ['a 401 page', { before: true, to: html(401) }, 'anonymous', 'anonymous', false],
  ['a 403 page', { before: true, to: html(403) }, 'forbidden', 'forbidden', false],
  ['a 404 page', { before: true, to: html(404) }, 'missing', 'missing', false],
  [
    'a 404 of another API',
    { before: true, to: json(404, '{"detail":"SECRET"}') },
    'missing',
    'missing',
    false,
  ],
  [
    'a redirect to https',
    { before: true, to: html(301, { location: 'https://127.0.0.1/api/v1/' }) },
    'upstream',
    'upstream',
    false,
  ],
];

await describeShops(
  'rest: answers damaged on their way',
  restOptions,
  (live) => {
    const proxied = throughProxy(live, timeoutMs);
    const { retrieve, update } = createRestUpstream();

    test.each(cases)('%s', async (name, how, read, write, written) => {
      const { proxy, context } = proxied();
      try {
        proxy.set({ of: /^GET \/api\//, ...how });
        const onRead = await errorOf(retrieve(tag, context));
        proxy.set({ of: /^PATCH \/api\//, ...how });
        const slug = name.toLowerCase().replaceAll(' ', '-');
        const onWrite = await errorOf(update({ ...tag, data: { slug } }, context));
        expect([onRead.reason, onWrite.reason]).toEqual([read, write]);
        for (const error of [onRead, onWrite])
          expect(JSON.stringify([error, error.message])).not.toContain('SECRET');
        expect((await rowOf(live, 'catalog.tag', 1))?.['slug'] === slug).toBe(written);
      } finally {
        proxy.set(undefined);
      }
    });

    test.each<[string, Damage['to'], string]>([
      ['missing', html(404), 'could not be read'],
      ['an error', html(500), 'could not be read'],
      ['cut off within its form', cutBefore('name="slug"'), 'could not be read'],
      ['empty', cutTo(0), 'shows none of its fields'],
      ['of something else', html(200), 'shows none of its fields'],
    ])('a form page that is %s stops a write', async (_, to, message) => {
      const { proxy, context } = proxied();
      const before = await digestOf(live, ['catalog.tag', 'admin.logentry']);
      try {
        proxy.set({ of: /^GET \/admin\/catalog\//, to });
        const fresh = createRestUpstream(); // which has not seen the page yet
        const error = await errorOf(fresh.update({ ...tag, data: { name: 'x' } }, context));
        expect([error.reason, error.message]).toEqual([
          'unsupported',
          expect.stringContaining(message),
        ]);
      } finally {
        proxy.set(undefined);
      }
      expect(await digestOf(live, ['catalog.tag', 'admin.logentry'])).toEqual(before);
    });

    test('a page of the login in the place of the form means that the session is over', async () => {
      const { proxy, context } = proxied();
      const location = '/admin/login/?next=/admin/catalog/tag/1/change/';
      try {
        proxy.set({ of: /^GET \/admin\/catalog\//, to: html(302, { location }) });
        const fresh = createRestUpstream();
        const error = await errorOf(fresh.update({ ...tag, data: { name: 'x' } }, context));
        expect([error.reason, error.hint]).toEqual(['anonymous', 'Log in again.']);
      } finally {
        proxy.set(undefined);
      }
    });

    test('what is not damaged passes', async () => {
      const answer = await retrieve(tag, proxied().context);
      expect(answer.status).toBe(200);
    });
  },
  oneSeries,
);
