import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/operations/json.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { createRestUpstream } from '../../../src/rest/upstream.ts';
import { codeOf, describeRest, errorOf, recorded, rowsOf, throughProxy } from './rest-shop.ts';

const keyword = { app_label: 'lab', model_name: 'keyword' };
const pks = ['plain', 'c#', 'c++', 'r&d', '007', '100%'];

await describeRest(
  'more objects than the package takes at once',
  (live) => {
    const upstream = createRestUpstream();
    const through = throughProxy(live);
    const weights = async (): Promise<readonly unknown[]> =>
      (await rowsOf(live, 'lab.keyword', { pk__in: pks })).map((row) => row['weight']);
    const bulk = (weight: number) =>
      parseInput('bulk_update', { ...keyword, pks, data: { weight } });
    const writes = (sent: readonly string[]) => sent.filter((line) => !line.startsWith('GET'));

    test('are updated in chunks, with progress', async () => {
      const { sent, context } = recorded(live().as('admin'));
      const steps: (number | undefined)[][] = [];
      const progress = (...step: [number, number?]) => void steps.push(step);
      const { status, body } = await upstream.bulk_update(bulk(60), { ...context, progress });
      expect([status, body['summary']]).toEqual([200, { accepted: 6, rejected: 0 }]);
      // One is refused for its size, and tells what size would do.
      expect(writes(sent)).toHaveLength(3);
      expect(steps.map(([done]) => done)).toEqual([1, 2, 3, 4, 5, 6, 10, 12]);
      expect(steps.every(([, total]) => total === 12)).toBe(true);
      expect(await weights()).toEqual([60, 60, 60, 60, 60, 60]);
    });

    test('are reported one by one when a later chunk is refused', async () => {
      let count = 0;
      const { context } = recorded(live().as('admin'), async ({ method }) => {
        if (method !== 'PATCH') return;
        count += 1;
        const [gone] = pks.slice(-1);
        if (count === 3)
          await live().inspector.ask({ delete: { model: 'lab.keyword', filter: { pk: gone } } });
      });
      const answer = await upstream.bulk_update(bulk(61), context);
      expect([answer.status, codeOf(answer)]).toEqual([409, 'partly_saved']);
      expect(answer.body['summary']).toEqual({ accepted: 4, rejected: 2 });
      expect((answer.body['results'] as JsonObject[]).slice(-2)).toMatchObject([
        { pk: '007', ok: false, rolled_back: true },
        { pk: '100%', ok: false, error: { code: 'not_found' } },
      ]);
      expect(await weights()).toEqual(expect.arrayContaining([61, 61, 61, 61, 60]));
      await live().inspector.ask({
        create: { model: 'lab.keyword', values: { word: '100%', meaning: 'Back' } },
      });
    });

    test.each(['bulk_update', 'action'] as const)(
      'are left between two chunks of %s once nobody waits, and which is told',
      async (name) => {
        const abort = new AbortController();
        let isWriting = false;
        const { context } = recorded(live().as('admin'), async ({ method }) => {
          isWriting = method !== 'GET';
        });
        const progress = () => isWriting && abort.abort();
        const within = { ...context, signal: abort.signal, progress };
        const act = parseInput('action', { ...keyword, pks, action_name: 'make_heavier' });
        const error = await errorOf(
          name === 'action' ? upstream.action(act, within) : upstream.bulk_update(bulk(70), within),
        );
        expect([error.reason, error.details]).toMatchObject([
          'cancelled',
          { partly_done: true, summary: { accepted: 4, rejected: 2 } },
        ]);
        expect(error.message).toContain('4 of 6 objects are done');
        const results = Object(error.details)['results'] as JsonObject[];
        expect(results.map(({ pk, ok, not_tried }) => [pk, ok, not_tried])).toEqual(
          pks.map((pk, at) => (at < 4 ? [pk, true, undefined] : [pk, false, true])),
        );
        const changed = (await weights()).filter((each) => each === 70 || each === 71);
        expect(changed).toHaveLength(4);
      },
    );

    test('are told as unknown when a later answer is lost, and the call is not repeated', async () => {
      const { proxy, context: lossy } = through();
      let count = 0;
      const { sent, context } = recorded(lossy.caller, async ({ method }) => {
        count += method === 'PATCH' ? 1 : 0;
        if (count === 3) proxy.set({ of: /^PATCH /, to: 'drop' });
      });
      const error = await errorOf(upstream.bulk_update(bulk(62), context));
      expect([error.reason, error.details]).toMatchObject([
        'unknown_outcome',
        { partly_done: true, summary: { accepted: 4, rejected: 2 } },
      ]);
      const results = Object(error.details)['results'] as JsonObject[];
      expect(results.slice(-2)).toMatchObject([
        { pk: '007', error: { code: 'unknown_outcome' } },
        { pk: '100%', error: { code: 'unknown_outcome' } },
      ]);
      expect(writes(sent)).toHaveLength(3);
      expect(await weights()).toEqual([62, 62, 62, 62, 62, 62]);
    });

    test('run through an action with the messages of all chunks', async () => {
      const { sent, context } = recorded(live().as('admin'));
      const input = { ...keyword, pks, action_name: 'make_heavier' };
      const { status, body } = await upstream.action(parseInput('action', input), context);
      expect([status, body['executed'], body['pks']]).toEqual([200, true, pks]);
      expect(body['messages']).toMatchObject([
        { message: '4 keywords are heavier.' },
        { message: '2 keywords are heavier.' },
      ]);
      expect(writes(sent)).toHaveLength(3);
    });
  },
  { SHOP_REST_MAX_KEYS: '4' },
);
