import { expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/operations/json.ts';
import { callsOf, digestOf, errorIn, type Kind, type Live } from './governed.ts';

const tag = { app_label: 'catalog', model_name: 'tag' };
const category = { app_label: 'catalog', model_name: 'category' };
const order = { app_label: 'sales', model_name: 'order' };

export const rowTests = (live: Live, kind: Kind): void => {
  it('lists no more rows than allowed, and says how many a page has', async () => {
    const call = callsOf(live(), kind, { MAX_ROWS: 3 });
    for (const given of [tag, { ...tag, page_size: 50 }, { ...order, page: 2 }]) {
      const { status, body } = await call('list', given);
      expect([status, body['page_size'], (body['results'] as JsonObject[]).length]).toEqual([
        200, 3, 3,
      ]);
      expect((body['applied'] as JsonObject)['page_size']).toBe(3);
    }
    const narrowed = await callsOf(live(), kind)('list', tag, { maxRows: 2 });
    expect((narrowed.body['results'] as JsonObject[]).length).toBe(2);
    expect((await call('autocomplete', tag)).body['results']).toHaveLength(3);
    expect((await call('history', { ...order, pk: '1' })).body['entries']).toHaveLength(3);
    expect((await call('recent_actions', {})).body['actions']).toHaveLength(3);
  });

  it('changes no more objects than allowed', async () => {
    const before = await digestOf(live());
    const call = callsOf(live(), kind, { MAX_ROWS: 2 });
    const pks = ['1', '2', '3'];
    for (const [name, given] of [
      ['bulk_update', { ...category, pks, data: { position: 7 } }],
      ['action', { ...order, pks, action_name: 'mark_paid' }],
      ['action', { ...order, select_across: true, action_name: 'mark_paid' }],
      ['action', { ...order, select_across: true, action_name: 'mark_paid', dry_run: true }],
      ['action', { ...order, select_across: true, search: 'SO-', action_name: 'mark_paid' }],
    ] as const) {
      const said = await call(name, given);
      expect([said.status, errorIn(said)['message']]).toEqual([
        400,
        expect.stringContaining('at most 2'),
      ]);
    }
    expect(await digestOf(live())).toEqual(before);
    const few = { ...category, pks: ['1', '2'], data: { position: 7 } };
    expect((await call('bulk_update', few)).status).toBe(200);
    const one = { ...order, select_across: true, search: 'SO-2024018', action_name: 'mark_paid' };
    // The REST API has no "select all".
    expect((await call('action', one)).status).toBe(kind === 'stock' ? 200 : 422);
  });
};
