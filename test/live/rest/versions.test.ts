import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/operations/json.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { createRestUpstream } from '../../../src/rest/upstream.ts';
import { oneSeries } from '../support/live-shop.ts';
import {
  callAs,
  codeOf,
  describeRest,
  digestOf,
  errorOf,
  recorded,
  rowOf,
  rowsOf,
} from './rest-shop.ts';

const category = { app_label: 'catalog', model_name: 'category' };
const keyword = { app_label: 'lab', model_name: 'keyword' };
const tag = { app_label: 'catalog', model_name: 'tag' };

await describeRest(
  'versions',
  (live) => {
    const call = callAs(live);
    /** Somebody else changes an object, past all forms. */
    const meanwhile = (model: string, pk: string | number, values: JsonObject) =>
      live().inspector.ask({ set: { model, filter: { pk }, values } });
    const versionOf = async (ref: object): Promise<string> =>
      String((await call('retrieve', ref)).body['version']);
    const rowVersionOf = async (model: object, pk: string | number): Promise<string> => {
      const { body } = await call('list', { ...model, page_size: 200 });
      const row = (body['results'] as JsonObject[]).find((each) => each['pk'] === pk);
      return String(row?.['version']);
    };

    test('retrieve, form_spec and update tell the same version, until the object changes', async () => {
      const one = { ...keyword, pk: 'plain' };
      const first = await versionOf(one);
      expect(first).toMatch(/^f\./);
      expect((await call('form_spec', one)).body['version']).toBe(first);
      expect(await versionOf(one)).toBe(first);
      const { body } = await call('update', { ...one, data: { weight: 41 } });
      expect(body['version']).not.toBe(first);
      expect(await versionOf(one)).toBe(body['version']);
      const [use] = await rowsOf(live, 'lab.keyworduse', { keyword: 'plain' });
      await meanwhile('lab.keyworduse', Number(use?.['id']), { sentence: 'Another one.' });
      expect(await versionOf(one)).not.toBe(body['version']);
    });

    test('the version after an update holds for what the database rounds', async () => {
      const invoice = { app_label: 'sales', model_name: 'invoice', pk: 1 };
      const { body } = await call('update', { ...invoice, data: { amount: '7.5' } });
      const again = { ...invoice, version: body['version'], data: { amount: '8' } };
      expect((await call('update', again)).status).toBe(200);
    });

    test('the name of a related object is no part of the version', async () => {
      const version = await versionOf({ ...category, pk: 2 });
      await meanwhile('catalog.category', 1, { name: 'Renamed meanwhile' });
      expect(await versionOf({ ...category, pk: 2 })).toBe(version);
    });

    test.each(['update', 'form_submit'] as const)(
      '%s is refused when the object has changed, and says what did',
      async (name) => {
        const one = { ...category, pk: 4 };
        const version = await versionOf(one);
        await meanwhile('catalog.category', 4, { position: name === 'update' ? 401 : 402 });
        const before = await digestOf(live);
        const answer = await call(name, { ...one, version, data: { name: 'Lost' } });
        expect([answer.status, codeOf(answer)]).toEqual([409, 'conflict']);
        expect(answer.body).toMatchObject({
          version: await versionOf(one),
          changed: [{ name: 'position', label: 'position', now: name === 'update' ? 401 : 402 }],
        });
        expect(await digestOf(live)).toEqual(before);
        const fresh = { ...one, version: answer.body['version'], data: { name: `By ${name}` } };
        expect((await call(name, fresh)).status).toBe(200);
      },
    );

    test('a changed inline row is named by its inline', async () => {
      const one = { ...keyword, pk: 'two words' };
      const version = await versionOf(one);
      const use = { model: 'lab.keyworduse', values: { keyword: 'two words', sentence: 'New.' } };
      await live().inspector.ask({ create: use });
      const answer = await call('update', { ...one, version, data: { meaning: 'x' } });
      expect(answer.body['changed']).toMatchObject([
        { name: 'keyword_set', label: 'keyword uses' },
      ]);
    });

    test('the version of a row is taken as well, and cannot tell what changed', async () => {
      const version = await rowVersionOf(category, 5);
      expect(version).toMatch(/^r\./);
      const one = { ...category, pk: 5, version };
      expect((await call('update', { ...one, data: { position: 51 } })).status).toBe(200);
      const answer = await call('update', { ...one, data: { position: 52 } });
      expect([answer.status, answer.body['changed']]).toEqual([409, null]);
      expect(answer.body['version']).toBe(await versionOf({ ...category, pk: 5 }));
      expect(await rowOf(live, 'catalog.category', 5)).toMatchObject({ position: 51 });
    });

    test('destroy is refused when the object has changed, and runs when it has not', async () => {
      const one = { ...tag, pk: 9 };
      const version = await versionOf(one);
      await meanwhile('catalog.tag', 9, { name: 'Renamed by another' });
      const answer = await call('destroy', { ...one, version });
      expect(answer.body).toMatchObject({
        error: { code: 'conflict' },
        changed: [{ name: 'name', now: 'Renamed by another' }],
      });
      expect(await rowOf(live, 'catalog.tag', 9)).toBeDefined();
      const gone = await call('destroy', { ...one, version: answer.body['version'] });
      expect([gone.status, await rowOf(live, 'catalog.tag', 9)]).toEqual([200, undefined]);
      expect((await call('destroy', { ...one, version })).status).toBe(404);
    });

    test.each([
      ['bulk_update', { data: { weight: 77 } }],
      ['action', { action_name: 'make_heavier' }],
    ] as const)('%s changes nothing when one of its objects has changed', async (name, more) => {
      const pks = ['c++', 'r&d', '007'];
      const versions = {
        'c++': await versionOf({ ...keyword, pk: 'c++' }),
        'r&d': await rowVersionOf(keyword, 'r&d'),
        '007': await versionOf({ ...keyword, pk: '007' }),
      };
      await meanwhile('lab.keyword', 'c++', { meaning: `Not as it was: ${name}` });
      await meanwhile('lab.keyword', 'r&d', { meaning: `Not as it was: ${name}` });
      const before = await digestOf(live);
      const answer = await call(name, { ...keyword, pks, versions, ...more });
      expect([answer.status, codeOf(answer)]).toEqual([409, 'conflict']);
      expect(answer.body['conflicts']).toMatchObject([
        { pk: 'c++', changed: [{ name: 'meaning', now: `Not as it was: ${name}` }] },
        { pk: 'r&d', changed: null },
      ]);
      expect(await digestOf(live)).toEqual(before);
      const fresh = Object.fromEntries(
        await Promise.all(pks.map(async (pk) => [pk, await versionOf({ ...keyword, pk })])),
      );
      expect((await call(name, { ...keyword, pks, versions: fresh, ...more })).status).toBe(200);
    });

    test('what is no version is an error of the argument, before anything is sent', async () => {
      const { sent, context } = recorded(live().as('admin'));
      const upstream = createRestUpstream();
      const one = { ...tag, pk: 1 };
      const error = await errorOf(
        upstream.update(parseInput('update', { ...one, version: 'v1', data: {} }), context),
      );
      expect([error.reason, error.details]).toMatchObject([
        'input',
        { errors: [{ pointer: '/version' }] },
      ]);
      const many = { ...tag, pks: [1], action_name: 'delete_selected' };
      for (const [versions, pointer] of [
        [{ 1: 'v1' }, '/versions/1'],
        [{ 2: 'r.AAAAAAAAAAA' }, '/versions/2'],
      ] as const) {
        const input = parseInput('action', { ...many, versions });
        expect((await errorOf(upstream.action(input, context))).details).toMatchObject({
          errors: [{ pointer }],
        });
      }
      expect(sent).toEqual([]);
    });

    test('an update tells what else changed', async () => {
      const list = { app_label: 'sales', model_name: 'pricelist', pk: 1 };
      const { body } = await call('update', { ...list, data: { code: 'lower' } });
      expect([body['adjusted'], body['also_changed']]).toEqual([{ code: 'LOWER' }, undefined]);
      const { context } = recorded(live().as('admin'), async ({ method }) => {
        if (method === 'PATCH') await meanwhile('sales.pricelist', 1, { name: 'By another hand' });
      });
      const input = parseInput('update', { ...list, data: { code: 'OTHER' } });
      const answer = await createRestUpstream().update(input, context);
      expect(answer.body['also_changed']).toEqual({ name: 'By another hand' });
    });

    test('arguments of the gateway never reach Django', async () => {
      const { bodies, sent, context } = recorded(live().as('admin'));
      const upstream = createRestUpstream();
      const version = await versionOf({ ...keyword, pk: 'c#' });
      const extra = { dry_run: false, confirm_token: 'secret' };
      const many = { ...keyword, pks: ['c#'], versions: { 'c#': version }, ...extra };
      const bulk = parseInput('bulk_update', { ...many, data: { weight: 5 } });
      expect((await upstream.bulk_update(bulk, context)).status).toBe(200);
      const run = parseInput('action', {
        ...keyword,
        pks: ['c#'],
        action_name: 'make_heavier',
        ...extra,
      });
      expect((await upstream.action(run, context)).status).toBe(200);
      const drop = parseInput('destroy', { ...keyword, pk: 'c#', ...extra });
      expect((await upstream.destroy(drop, context)).status).toBe(200);
      expect(bodies).toEqual([
        { updates: [{ pk: 'c#', fields: { weight: 5 } }] },
        { pks: ['c#'], confirmed: false },
        {},
      ]);
      expect(sent.join('\n')).not.toMatch(/version|dry_run|confirm_token|secret/);
    });
  },
  {},
  oneSeries,
);
