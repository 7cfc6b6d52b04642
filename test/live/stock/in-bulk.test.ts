import { expect, it } from 'vitest';
import type { Caller } from '../../../src/django/caller.ts';
import { createDjangoClient } from '../../../src/django/client.ts';
import { parseSite } from '../../../src/django/parse-site.ts';
import type { Input } from '../../../src/operations/catalogue.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import type { JsonObject } from '../../../src/operations/json.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { createSessionCaller } from '../../../src/session/session-caller.ts';
import { createStockUpstream } from '../../../src/stock/upstream.ts';
import { startDamagingProxy } from '../support/damage.ts';
import { describeShops, oneSeries, password } from '../support/live-shop.ts';
import { type Between, during } from './during.ts';
import { at, bare, list, stockOf } from './stock-shop.ts';

const order = { app_label: 'sales', model_name: 'order' };
const task = { app_label: 'ops', model_name: 'task' };
const event = { app_label: 'ops', model_name: 'event' };
const feedback = { app_label: 'ops', model_name: 'feedback' };
const product = { app_label: 'catalog', model_name: 'product' };
const category = { app_label: 'catalog', model_name: 'category' };
const promotion = { app_label: 'sales', model_name: 'promotion' };

/** More than one form has room for: three controls a row, or one. */
const manyTasks = 340;
const manyEvents = 1000;

const never = new AbortController().signal;

await describeShops(
  'stock: many objects at once',
  { ...bare, events: manyEvents },
  (live, django) => {
    const { ok, refused, rows, run } = stockOf(live);
    const upstream = createStockUpstream();
    const ask = (request: object) => live().inspector.ask(request);

    const bulk = async (
      args: JsonObject,
      between: Between = () => undefined,
      signal = never,
      caller: Caller = live().as('admin'),
    ) => {
      const call = during(caller, between, signal);
      const input = parseInput('bulk_update', args) as Input<'bulk_update'>;
      const answer = await upstream.bulk_update(input, call.context);
      return { ...call, answer };
    };
    const act = async (args: JsonObject, between: Between = () => undefined, signal = never) => {
      const call = during(live().as('admin'), between, signal);
      const input = parseInput('action', args) as Input<'action'>;
      const answer = await upstream.action(input, call.context);
      return { ...call, answer };
    };
    const createTasks = async (count: number, title: string): Promise<number[]> => {
      const made = Array.from({ length: count }, (_, i) =>
        ask({ create: { model: 'ops.task', values: { title: `${title} ${i}`, checklist: [] } } }),
      );
      return (await Promise.all(made)).map(({ pk }) => Number(pk));
    };
    const rowsOf = async (args: JsonObject): Promise<ReadonlyMap<string, JsonObject>> => {
      const body = await ok('admin', 'list', args);
      return new Map(list(body, 'results').map((row) => [String(row['pk']), row]));
    };
    const versionsOf = async (args: JsonObject, pks: readonly number[]): Promise<JsonObject> => {
      const found = await rowsOf(args);
      return Object.fromEntries(
        pks.map((pk) => [String(pk), found.get(String(pk))?.['version'] ?? null]),
      );
    };
    const digest = async () => (await ask({ digest: true }))['digest'];

    it('gives a row the same version however it is found, and another after a change', async () => {
      const top = await versionsOf({ ...order, page_size: 60 }, [21, 22]);
      expect(Object.values(top)).toEqual([
        expect.stringMatching(/^r\.[\w-]{11}$/),
        expect.stringMatching(/^r\.[\w-]{11}$/),
      ]);
      expect(
        await versionsOf({ ...order, ordering: 'number', page_size: 60, search: 'SO-' }, [21, 22]),
      ).toEqual(top);
      const plan = await ok('admin', 'bulk_update', {
        ...order,
        pks: [22, 21],
        data: { priority: 3 },
        dry_run: true,
      });
      expect(list(plan, 'objects').map(({ version }) => version)).toEqual([top['22'], top['21']]);
      await ok('admin', 'update', { ...order, pk: 21, data: { is_paid: true, priority: 7 } });
      const after = await versionsOf({ ...order, page_size: 60 }, [21, 22]);
      expect(after['22']).toBe(top['22']);
      expect(after['21']).not.toBe(top['21']);
    });

    it('gives versions that a facet count, a filter or markup in cells does not change', async () => {
      const all = await versionsOf({ ...product, page_size: 48 }, [1, 2, 7]);
      const facets = django === '4.2' ? {} : { facets: true };
      const filtered = await rowsOf({ ...product, is_active: true, ...facets, page_size: 48 });
      const shared = Object.keys(all).filter((pk) => filtered.has(pk));
      expect(shared.length).toBeGreaterThan(0);
      for (const pk of shared) expect(filtered.get(pk)?.['version']).toBe(all[pk]);
    });

    it('changes nothing when one of the objects is not as it was, and names each', async () => {
      const read = await versionsOf({ ...order, page_size: 60 }, [31, 32, 33]);
      const form = (await ok('admin', 'retrieve', { ...order, pk: 33 }))['version'] ?? null;
      await ask({
        set: { model: 'sales.order', filter: { pk__in: [32, 33] }, values: { priority: 9 } },
      });
      const { answer, requests } = await bulk({
        ...order,
        pks: [31, 32, 33],
        data: { status: 'sent' },
        versions: { ...read, 33: form },
      });
      expect(answer).toMatchObject({
        status: 409,
        body: {
          error: { code: 'conflict' },
          conflicts: [
            { pk: '32', version: expect.stringMatching(/^r\./), changed: null },
            {
              pk: '33',
              version: expect.stringMatching(/^f\./),
              changed: [{ name: 'priority', now: 9 }],
            },
          ],
        },
      });
      expect(requests.every(({ method }) => method === 'GET')).toBe(true);
      const fresh = { ...read, 32: at(answer.body, 'conflicts', 0, 'version') ?? null };
      delete (fresh as Record<string, unknown>)['33'];
      expect(
        await ok('admin', 'bulk_update', {
          ...order,
          pks: [31, 32],
          data: { status: 'sent' },
          versions: fresh,
        }),
      ).toMatchObject({ summary: { accepted: 2, rejected: 0 } });
    });

    it('refuses versions of other objects, of nobody, and with everything selected', async () => {
      const call = { ...order, pks: [31], data: { status: 'new' } };
      for (const versions of [{ 32: 'r.AAAAAAAAAAA' }, { 31: 'seven' }])
        await expect(run('admin', 'bulk_update', { ...call, versions })).rejects.toMatchObject({
          reason: 'input',
        });
      await expect(
        run('admin', 'action', {
          ...order,
          action_name: 'mark_paid',
          select_across: true,
          versions: { 31: 'r.AAAAAAAAAAA' },
        }),
      ).rejects.toMatchObject({ reason: 'input' });
    });

    it('plans a bulk edit by object, and writes nothing', async () => {
      const before = await digest();
      const stored = await rows('sales.order', { pk__in: [41, 42] }, ['status', 'priority']);
      const { answer, requests } = await bulk({
        ...order,
        pks: [41, 42],
        data: { status: 'sent', priority: 500_000 },
        dry_run: true,
      });
      expect(answer).toMatchObject({
        status: 200,
        body: {
          dry_run: true,
          matched: 2,
          summary: { would_change: 2, unchanged: 0 },
          digest: expect.any(String),
        },
      });
      const [first] = list(answer.body, 'objects');
      expect(first).toMatchObject({ pk: 41, label: 'SO-2024041' });
      expect(list(first, 'changes')).toContainEqual({
        name: 'priority',
        label: 'Priority',
        old: Number(stored[0]?.['priority']),
        new: 500_000,
      });
      const wrong = await run('admin', 'bulk_update', {
        ...order,
        pks: [41],
        data: { status: 'nope' },
        dry_run: true,
      });
      expect(wrong.answer).toMatchObject({ status: 400 });
      expect(requests.every(({ method }) => method === 'GET')).toBe(true);
      expect(await digest()).toEqual(before);
    });

    it('plans an action, with the cascade of a deletion, and runs nothing', async () => {
      const before = await digest();
      const plan = async (args: JsonObject) => {
        const { answer, requests } = await act({ ...order, dry_run: true, ...args });
        expect(requests.every(({ method }) => method === 'GET')).toBe(true);
        expect(answer.status).toBe(200);
        return answer.body;
      };
      expect(await plan({ action_name: 'mark_paid', pks: [43, 44] })).toMatchObject({
        action: 'mark_paid',
        matched: 2,
        asks_first: null,
        objects: [{ label: expect.stringMatching('SO-') }, { version: expect.any(String) }],
      });
      expect(await plan({ action_name: 'delete_selected', pks: [43, 44] })).toMatchObject({
        asks_first: true,
        can_delete: true,
        protected: [],
        cascade: expect.arrayContaining([{ model: 'Orders', count: 2 }]),
      });
      expect(await plan({ action_name: 'delete_selected', pks: [1, 43] })).toMatchObject({
        can_delete: false,
        cascade: null,
        protected: ['Invoice: INV-0001'],
      });
      const across = await plan({
        action_name: 'mark_paid',
        select_across: true,
        filters: { status: 'new' },
      });
      const matching = await rows('sales.order', { status: 'new' }, ['id']);
      expect(across['matched']).toBe(matching.length);
      expect(list(across, 'objects').every((each) => !('version' in each))).toBe(true);
      expect(
        await refused('admin', 'action', {
          ...order,
          action_name: 'mark_piad',
          pks: [43],
          dry_run: true,
        }),
      ).toMatchObject({ status: 404, code: 'unknown_action' });
      expect(await digest()).toEqual(before);
    });

    it('does not run an action on an object that is not as it was', async () => {
      const versions = await versionsOf({ ...order, page_size: 60 }, [45, 46]);
      await ask({ set: { model: 'sales.order', filter: { pk: 45 }, values: { priority: 8 } } });
      const call = { ...order, action_name: 'delete_selected', pks: [45, 46], confirmed: true };
      expect(await refused('admin', 'action', { ...call, versions })).toMatchObject({
        status: 409,
        code: 'conflict',
      });
      expect(await rows('sales.order', { pk__in: [45, 46] }, ['id'])).toHaveLength(2);
    });

    it('sets other fields on each object, all or none', async () => {
      const columns = ['status', 'priority', 'is_paid'];
      const pair = { pk__in: [35, 36] };
      const [first, second] = await rows('sales.order', pair, columns);
      const updates = [
        { pk: 36, fields: { priority: 4 } },
        { pk: '35', fields: { status: 'sent', is_paid: true } },
      ];
      const plan = await ok('admin', 'bulk_update', { ...order, updates, dry_run: true });
      expect(list(plan, 'objects')).toMatchObject([
        { pk: 36, changes: [{ name: 'priority', new: 4 }] },
        { pk: 35 },
      ]);
      const { answer, requests } = await bulk({ ...order, updates });
      expect(answer).toMatchObject({
        status: 200,
        body: {
          results: [
            { pk: 36, ok: true },
            { pk: 35, ok: true },
          ],
          summary: { accepted: 2, rejected: 0 },
        },
      });
      expect(requests).toHaveLength(2);
      const stored = [
        { ...first, status: 'sent', is_paid: true },
        { ...second, priority: 4 },
      ];
      expect(await rows('sales.order', pair, columns)).toEqual(stored);
      const faulty = [
        { pk: 35, fields: { priority: 9 } },
        { pk: 36, fields: { number: 'X', priority: 9 } },
        { pk: 36_000, fields: { priority: 9 } },
      ];
      expect((await bulk({ ...order, updates: faulty })).answer).toMatchObject({
        status: 400,
        body: {
          results: [
            { pk: 35, ok: false, rolled_back: true },
            { pk: 36, error: { code: 'bad_request', message: expect.stringMatching('number') } },
            { pk: 36_000, error: { code: 'not_found' } },
          ],
        },
      });
      expect(await rows('sales.order', pair, columns)).toEqual(stored);
    });

    it('tells an error of the row that it is about, in whatever order the rows are given', async () => {
      const faults = async (...updates: readonly (readonly [pk: number, position: number])[]) => {
        const { answer } = await bulk({
          ...category,
          updates: updates.map(([pk, position]) => ({ pk, fields: { position } })),
        });
        expect(answer.status).toBe(400);
        return list(answer.body, 'results').flatMap(({ pk, error }) =>
          error === undefined ? [] : [[pk, Object.keys(Object(error).fields)]],
        );
      };
      expect(await faults([2, -1], [1, 71])).toEqual([[2, ['position']]]);
      expect(await faults([7, 71], [3, -1])).toEqual([[3, ['position']]]);
      expect(await faults([8, -1], [5, 71], [6, -1])).toEqual([
        [8, ['position']],
        [6, ['position']],
      ]);
    });

    it('makes no NULL of a blank text in another column of a row, nor a blank of NULL', async () => {
      const columns = ['percent', 'teaser', 'small_print'];
      const stored = () => rows('sales.promotion', {}, ['id', ...columns]);
      const before = await stored();
      const set = (percents: Readonly<Record<number, number>>, dry_run = false) =>
        bulk({
          ...promotion,
          updates: Object.entries(percents).map(([pk, percent]) => ({ pk, fields: { percent } })),
          dry_run,
        });
      for (const dry of [true, false])
        await expect(set({ 1: 31, 2: 32, 3: 33 }, dry)).rejects.toMatchObject({
          reason: 'unsupported',
          details: {
            fields: {
              teaser: [expect.stringContaining('make NULL')],
              small_print: [expect.stringContaining('make a blank')],
            },
          },
        });
      await expect(
        run('admin', 'update', { ...promotion, pk: 2, data: { percent: 32 } }),
      ).rejects.toMatchObject({
        reason: 'unsupported',
        details: { fields: { teaser: [expect.stringContaining('NULL')] } },
      });
      expect(await stored()).toEqual(before);

      // A row that is not changed is not posted. The blank texts of row 1 are safe.
      const unchanged = Number(before.find(({ id }) => id === 2)?.['percent']);
      const { answer, requests } = await set({ 1: 31, 2: unchanged });
      expect(answer).toMatchObject({ status: 200, body: { summary: { accepted: 2 } } });
      expect(requests).toHaveLength(3);
      const { answer: accepted } = await bulk({
        ...promotion,
        updates: [{ pk: 2, fields: { percent: 32, teaser: '' } }],
      });
      expect(accepted.status).toBe(200);
      const changes: Readonly<Record<number, JsonObject>> = {
        1: { percent: 31 },
        2: { percent: 32, teaser: null },
      };
      expect(await stored()).toEqual(
        before.map((row) => ({ ...row, ...changes[Number(row['id'])] })),
      );
    });

    it('sends only rows that change', async () => {
      await ok('admin', 'bulk_update', { ...order, pks: [34], data: { status: 'sent' } });
      const { answer, requests } = await bulk({ ...order, pks: [34], data: { status: 'sent' } });
      expect(answer).toMatchObject({
        status: 200,
        body: { results: [{ pk: 34, ok: true, unchanged: true }], summary: { accepted: 1 } },
      });
      expect(requests).toHaveLength(1);
    });

    it('tells which row was gone when the form came', async () => {
      const [gone = 0, there = 0] = await createTasks(2, 'Fleeting');
      const call = { ...task, pks: [gone, there], data: { is_urgent: true } };
      const { answer } = await bulk(call, async ({ method }) => {
        if (method === 'GET') await ask({ delete: { model: 'ops.task', filter: { pk: gone } } });
      });
      expect(answer).toMatchObject({
        status: 400,
        body: {
          results: [
            { pk: gone, ok: false, error: { code: 'not_found' } },
            { pk: there, ok: false, rolled_back: true },
          ],
        },
      });
      expect(await rows('ops.task', { pk: there }, ['is_urgent'])).toEqual([{ is_urgent: false }]);
    });

    it('reports rows that the admin skips as not saved, with what they are', async () => {
      const [locked = 0, free = 0] = await createTasks(2, 'Free');
      const call = { ...task, pks: [locked, free], data: { is_urgent: true } };
      const { answer } = await bulk(call, async ({ method }) => {
        const values = { title: 'Locked' };
        if (method === 'GET')
          await ask({ set: { model: 'ops.task', filter: { pk: locked }, values } });
      });
      const stored = await rows('ops.task', { pk__in: [locked, free] }, ['is_urgent']);
      if (django !== '6.1') {
        // Older ones ask only for the right to change tasks at all.
        expect(answer).toMatchObject({ status: 200, body: { summary: { accepted: 2 } } });
        expect(stored).toEqual([{ is_urgent: true }, { is_urgent: true }]);
        return;
      }
      expect(answer).toMatchObject({
        status: 409,
        body: {
          error: { code: 'partly_saved' },
          results: [
            { pk: locked, ok: false, error: { code: 'not_saved' } },
            { pk: free, ok: true, fields: { is_urgent: true }, version: expect.any(String) },
          ],
          summary: { accepted: 1, rejected: 1 },
        },
      });
      expect(stored).toEqual([{ is_urgent: false }, { is_urgent: true }]);
      expect((await bulk({ ...call, data: { state: 'done' } })).answer).toMatchObject({
        status: 400,
        body: {
          results: [
            { pk: locked, error: { code: 'forbidden' } },
            { pk: free, ok: false, rolled_back: true },
          ],
        },
      });
    });

    it('stops between two forms when nobody waits any more, and can be called again', async () => {
      const pks = await createTasks(manyTasks, 'Many');
      const call = { ...task, pks, data: { is_urgent: true } };
      const urgent = async () =>
        (await ask({ count: 'ops.task', filter: { pk__in: pks, is_urgent: true } }))['count'];
      const stop = new AbortController();
      const between: Between = ({ method }) => {
        if (method === 'POST') stop.abort();
      };
      const error = await bulk(call, between, stop.signal).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(GatewayError);
      expect(error).toMatchObject({ reason: 'cancelled', details: { partly_done: true } });
      const results = list(error, 'details', 'results');
      const saved = results.filter(({ ok: isOk }) => isOk === true).length;
      expect(saved).toBeGreaterThan(0);
      expect(saved).toBeLessThan(manyTasks);
      expect(results.at(-1)).toEqual({ pk: pks.at(-1), ok: false, not_tried: true });
      expect(await urgent()).toBe(saved);

      const { answer, progress } = await bulk(call);
      expect(answer).toMatchObject({ status: 200, body: { summary: { accepted: manyTasks } } });
      const unchanged = list(answer.body, 'results').filter((each) => each['unchanged'] === true);
      expect(unchanged).toHaveLength(saved);
      expect(progress).toEqual([[manyTasks, manyTasks]]);
      expect(await urgent()).toBe(manyTasks);
    });

    it('says row by row what was saved when a later form fails', async () => {
      const { rows: stored } = await ask({
        model: 'ops.task',
        filter: { title__startswith: 'Many' },
        fields: ['id'],
      });
      const pks = (stored as JsonObject[]).map(({ id }) => Number(id));
      const last = pks.at(-1) ?? 0;
      const call = { ...task, pks, data: { state: 'done' } };
      const { answer, progress, requests } = await bulk(call, async ({ method }) => {
        if (method === 'POST') await ask({ delete: { model: 'ops.task', filter: { pk: last } } });
      });
      expect(answer).toMatchObject({ status: 409, body: { error: { code: 'partly_saved' } } });
      const results = list(answer.body, 'results');
      expect(results.at(-1)).toMatchObject({ pk: last, ok: false, error: { code: 'not_found' } });
      expect(results.at(-2)).toMatchObject({ ok: false, rolled_back: true });
      const saved = results.filter(({ ok: isOk }) => isOk === true).length;
      expect(await ask({ count: 'ops.task', filter: { state: 'done', pk__in: pks } })).toEqual({
        count: saved,
      });
      expect(progress).toEqual([[saved, pks.length]]);
      expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    });

    it('keeps what the first form did when the answer to a later one is lost', async () => {
      const { rows: stored } = await ask({
        model: 'ops.task',
        filter: { title__startswith: 'Many' },
        fields: ['id'],
      });
      const pks = (stored as JsonObject[]).map(({ id }) => Number(id));
      const proxy = await startDamagingProxy(live().shop.url);
      const client = createDjangoClient(parseSite({ adminUrl: `${proxy.url}/admin/` }));
      const caller = createSessionCaller({
        client,
        credentials: async () => ({ username: 'admin', password }),
        signInHint: 'Log in again.',
      });
      try {
        await caller.csrfToken(never);
        const between: Between = ({ method }) => {
          if (method === 'POST') proxy.set({ of: /^POST/, to: 'drop' });
        };
        const call = { ...task, pks, data: { state: 'doing' } };
        const error = await bulk(call, between, never, caller).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ reason: 'unknown_outcome', details: { partly_done: true } });
        const results = list(error, 'details', 'results');
        expect(results[0]).toEqual({ pk: pks[0], ok: true });
        expect(results.at(-1)).toMatchObject({ ok: false, error: { code: 'unknown_outcome' } });
        const saved = results.filter(({ ok: isOk }) => isOk === true).map(({ pk }) => Number(pk));
        expect(
          await ask({ count: 'ops.task', filter: { state: 'doing', pk__in: saved } }),
        ).toMatchObject({ count: saved.length });
      } finally {
        await client.close();
        await proxy.stop();
      }
    });

    it('runs an action on more objects than a form has room for', async () => {
      const pks = Array.from({ length: manyEvents }, (_, i) => i + 1);
      const level = async (filter: JsonObject) =>
        (await ask({ count: 'ops.event', filter: { level__gte: 100, ...filter } }))['count'];
      await ask({ set: { model: 'ops.event', filter: {}, values: { level: 99 } } });
      const call = { ...event, action_name: 'escalate', pks };
      const { answer, progress } = await act(call);
      expect(answer).toMatchObject({
        status: 200,
        body: { executed: true, messages: [{ level: 'success' }, { level: 'success' }] },
      });
      expect(list(answer.body, 'pks')).toHaveLength(manyEvents);
      expect(progress.at(-1)).toEqual([manyEvents, manyEvents]);
      expect(await level({})).toBe(manyEvents);

      await ask({ set: { model: 'ops.event', filter: {}, values: { level: 99 } } });
      const stop = new AbortController();
      const error = await act(
        call,
        ({ method }) => {
          if (method === 'POST') stop.abort();
        },
        stop.signal,
      ).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ reason: 'cancelled', details: { partly_done: true } });
      const done = list(error, 'details', 'results').filter(({ ok: isOk }) => isOk === true);
      expect(await level({})).toBe(done.length);

      await expect(
        act({ ...call, action_name: 'delete_selected', confirmed: true }),
      ).rejects.toMatchObject({ reason: 'too_large' });
      expect(await ask({ count: 'ops.event', filter: {} })).toMatchObject({ count: manyEvents });
    });

    it('does not take the word of an admin that kept objects back for their deletion', async () => {
      const [locked = 0] = await createTasks(1, 'Locked');
      const [free = 0] = await createTasks(1, 'Free');
      const call = { ...task, action_name: 'delete_selected', confirmed: true };
      const { answer } = await act({ ...call, pks: [locked, free] });
      expect(answer).toMatchObject({
        status: 409,
        body: {
          error: { code: 'partly_saved' },
          results: [
            { pk: locked, ok: false, error: { code: 'not_saved' } },
            { pk: free, ok: true },
          ],
          messages: [{ level: 'success' }],
        },
      });
      expect(answer.body).not.toHaveProperty('executed');
      const again = await act({ ...call, pks: [locked] });
      expect(again.answer).toMatchObject({ status: 409, body: { error: { code: 'not_saved' } } });
      expect(await rows('ops.task', { pk__in: [locked, free] }, ['id'])).toEqual([{ id: locked }]);
    });

    it('says so when objects were gone before the action came', async () => {
      const [gone = 0, there = 0] = await createTasks(2, 'Fleeting');
      const call = { ...task, action_name: 'delete_selected', confirmed: true };
      const { answer } = await act({ ...call, pks: [gone, there] }, async ({ method }) => {
        if (method === 'GET') await ask({ delete: { model: 'ops.task', filter: { pk: gone } } });
      });
      expect(answer).toMatchObject({ status: 200, body: { executed: true } });
      expect(JSON.stringify(answer.body['notes'])).toContain('says 1, and 2 were selected');
    });

    it('says so when an action says nothing, warns, or was given what it did not ask for', async () => {
      const call = { ...feedback, pks: [1], inputs: { remark: 'thank you' } };
      const silent = await ok('admin', 'action', { ...call, action_name: 'file_away' });
      expect(silent).toMatchObject({ executed: true, messages: [] });
      expect(JSON.stringify(silent['notes'])).toContain('said nothing');
      const warned = await ok('admin', 'action', {
        ...call,
        action_name: 'answer',
        inputs: { remark: 'thank you', colour: 'red' },
      });
      expect(warned).toMatchObject({
        executed: true,
        messages: [{ level: 'warning', message: '1 answered: thank you' }],
      });
      expect(JSON.stringify(warned['notes'])).toContain('warnings only');
      expect(JSON.stringify(warned['notes'])).toContain('colour');
    });

    it('does not take "No action selected." for an action that ran', async () => {
      const call = { ...feedback, pks: [2], action_name: 'answer' };
      expect(await refused('admin', 'action', call)).toMatchObject({
        status: 400,
        code: 'not_run',
        error: { inputs: [{ name: 'remark', required: true }], messages: [{ level: 'warning' }] },
      });
      expect(await rows('ops.feedback', { pk: 2 }, ['may_contact'])).toEqual(
        await rows('ops.feedback', { pk: 2, may_contact: true }, ['may_contact']),
      );
    });

    it('asks and deletes where the action form has inputs of its own', async () => {
      const { pk } = await ask({
        create: { model: 'ops.feedback', values: { subject: 'Gone', message: 'x' } },
      });
      const call = {
        ...feedback,
        action_name: 'delete_selected',
        pks: [Number(pk)],
        inputs: { remark: 'spam' },
      };
      expect(await ok('admin', 'action', call)).toMatchObject({ executed: false });
      expect(await ok('admin', 'action', { ...call, confirmed: true })).toMatchObject({
        executed: true,
      });
      expect(await rows('ops.feedback', { pk: Number(pk) }, ['id'])).toEqual([]);
    });
  },
  oneSeries,
);
