import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/operations/json.ts';
import { oneSeries } from '../support/live-shop.ts';
import { callAs, codeOf, describeRest, digestOf } from './rest-shop.ts';

const category = { app_label: 'catalog', model_name: 'category' };
const keyword = { app_label: 'lab', model_name: 'keyword' };
const tag = { app_label: 'catalog', model_name: 'tag' };
const order = { app_label: 'sales', model_name: 'order' };

await describeRest(
  'dry runs',
  (live) => {
    const run = callAs(live);

    /** Runs a call dry, and shows by the whole database that nothing was written. */
    const plan = async (...[name, input]: Parameters<typeof run>): Promise<JsonObject> => {
      const before = await digestOf(live);
      const { status, body } = await run(name, { ...Object(input), dry_run: true });
      expect(await digestOf(live)).toEqual(before);
      expect([status, body['dry_run']]).toEqual([200, true]);
      return body;
    };

    test('an update tells each field that would change, with label, old and new', async () => {
      const one = { ...category, pk: 2 };
      const data = { name: 'Chairs', parent: 3, is_visible: true, position: 21 };
      const body = await plan('update', { ...one, data });
      expect(body).toMatchObject({
        pk: 2,
        label: 'Seating',
        version: (await run('retrieve', one)).body['version'],
        changes: [
          { name: 'name', label: 'name', old: 'Seating', new: 'Chairs' },
          { name: 'parent', old: { id: 1, label: 'Furniture' }, new: { id: 3 } },
          { name: 'position', old: 20, new: 21 },
        ],
        inlines: [],
        errors: {},
      });
    });

    test('an update tells what the form itself finds wrong, and refuses what the call would', async () => {
      const one = { ...category, pk: 2 };
      const wrong = { name: '', slug: 'x'.repeat(51) };
      const { errors } = await plan('update', { ...one, data: wrong });
      expect(Object.keys(errors as JsonObject)).toEqual(['name', 'slug']);
      const before = await digestOf(live);
      for (const dry_run of [true, false]) {
        const answer = await run('update', { ...one, data: { nmae: 'x' }, dry_run });
        expect([answer.status, codeOf(answer)]).toEqual([400, 'validation_failed']);
      }
      const stale = await run('update', {
        ...one,
        data: {},
        version: 'r.AAAAAAAAAAA',
        dry_run: true,
      });
      expect([stale.status, codeOf(stale)]).toEqual([409, 'conflict']);
      const refused = await callAs(live, 'viewer')('update', { ...one, data: {}, dry_run: true });
      expect(refused.status).toBe(403);
      expect(await digestOf(live)).toEqual(before);
    });

    test('an update tells rows of inlines that would be added, changed and deleted', async () => {
      const { body } = await run('retrieve', { ...keyword, pk: 'plain' });
      const [inline] = body['inlines'] as { rows: { pk: number }[] }[];
      const pk = Number(inline?.rows[0]?.pk);
      const items = [{ pk, fields: { sentence: 'Changed.' } }, { fields: { sentence: 'New.' } }];
      const data = { inlines: { keyword_set: { items } } };
      expect(await plan('form_submit', { ...keyword, pk: 'plain', data })).toMatchObject({
        changes: [],
        inlines: [
          { inline: 'keyword_set', pk, changes: [{ name: 'sentence', new: 'Changed.' }] },
          { inline: 'keyword_set', pk: null, changes: [{ old: null, new: 'New.' }] },
        ],
      });
      const gone = { inlines: { keyword_set: { items: [{ pk, DELETE: true }] } } };
      expect(await plan('update', { ...keyword, pk: 'plain', data: gone })).toMatchObject({
        inlines: [{ inline: 'keyword_set', pk, delete: true, changes: [] }],
      });
    });

    test('a create tells what the object would hold, initial values too', async () => {
      const body = await plan('create', { ...category, data: { name: 'New one' } });
      expect(body).toMatchObject({ pk: null, errors: { slug: ['It is required.'] } });
      expect(body['changes']).toEqual(
        expect.arrayContaining([
          { name: 'name', label: 'name', old: null, new: 'New one' },
          { name: 'is_visible', label: 'visible', old: null, new: true },
        ]),
      );
      const query = { name: 'From the query' };
      const { changes } = await plan('form_submit', { ...category, query, data: { slug: 'a' } });
      expect(changes).toContainEqual(expect.objectContaining({ new: 'From the query' }));
    });

    test('a delete tells what goes with the object, or what is in the way', async () => {
      expect(await plan('destroy', { ...tag, pk: 1 })).toMatchObject({
        object: { pk: 1, label: 'oak' },
        cascade: expect.arrayContaining([{ model: 'tags', count: 1 }]),
        can_delete: true,
        errors: {},
      });
      expect(await plan('destroy', { ...order, pk: 1 })).toMatchObject({
        protected: [expect.stringContaining('INV-')],
        errors: { '': [expect.any(String)] },
      });
    });

    test('a bulk update tells each row, and refuses what the call would', async () => {
      const { body } = await run('retrieve', { ...category, pk: 1 });
      const given = { ...category, pks: [1, 2], data: { position: 20 } };
      expect(await plan('bulk_update', given)).toMatchObject({
        matched: 2,
        summary: { would_change: 1, unchanged: 1 },
        objects: [
          { pk: 1, version: body['version'], changes: [{ name: 'position', new: 20 }] },
          { pk: 2, label: 'Seating', changes: [] },
        ],
      });
      const updates = [
        { pk: 2, fields: { is_visible: false } },
        { pk: 1, fields: { position: 21 } },
      ];
      expect(await plan('bulk_update', { ...category, updates })).toMatchObject({
        summary: { would_change: 2, unchanged: 0 },
        objects: [
          { pk: 2, changes: [{ name: 'is_visible', new: false }] },
          { pk: 1, changes: [{ name: 'position', new: 21 }] },
        ],
      });
      const half = { ...category, updates: [updates[0], { pk: 1, fields: { name: 'x' } }] };
      const refused = await run('bulk_update', { ...half, dry_run: true });
      expect([refused.status, refused.body['results']]).toMatchObject([
        400,
        [{ rolled_back: true }, { error: { code: 'bad_request' } }],
      ]);
      const wrong = await plan('bulk_update', { ...given, data: { position: null } });
      expect(wrong['objects']).toMatchObject([
        { error: { fields: { position: ['It is required.'] } } },
        { error: { code: 'validation_failed' } },
      ]);
      for (const dry_run of [true, false]) {
        const missing = await run('bulk_update', { ...given, pks: [1, 999], dry_run });
        expect([missing.status, Object(missing.body['results'])[1].error.code]).toEqual([
          400,
          'not_found',
        ]);
      }
      for (const dry_run of [true, false]) {
        const locked = await run('bulk_update', {
          ...category,
          pks: [1],
          data: { name: 'x' },
          dry_run,
        });
        expect([locked.status, JSON.stringify(locked.body)]).toEqual([
          400,
          expect.stringContaining('not editable in the list view: name'),
        ]);
      }
    });

    test('an action tells its objects, and is not run', async () => {
      const pks = ['plain', 'c++'];
      expect(await plan('action', { ...keyword, action_name: 'make_heavier', pks })).toMatchObject({
        matched: 2,
        objects: [
          { pk: 'plain', label: 'plain', version: expect.stringMatching(/^f\./) },
          { pk: 'c++', label: 'c++' },
        ],
      });
      const doomed = { ...tag, action_name: 'delete_selected', pks: [1, 2], confirmed: true };
      expect(await plan('action', doomed)).toMatchObject({
        matched: 2,
        cascade: expect.arrayContaining([{ model: 'tags', count: 2 }]),
        can_delete: true,
      });
    });
  },
  {},
  oneSeries,
);
