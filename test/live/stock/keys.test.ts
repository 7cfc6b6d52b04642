import { expect, it } from 'vitest';
import { describeShops } from '../support/live-shop.ts';
import { at, bare, list, stockOf } from './stock-shop.ts';

const keyword = { app_label: 'lab', model_name: 'keyword' };

await describeShops('stock: any primary key', bare, (live) => {
  const { ok, rows } = stockOf(live);
  const stored = async () =>
    (await rows('lab.keyword', {}, ['word'])).map(({ word }) => String(word));

  it('lists every key as it is', async () => {
    const body = await ok('admin', 'list', { ...keyword, page_size: 200 });
    const shown = list(body, 'results').map(({ pk }) => String(pk));
    expect([...shown].sort()).toEqual([...(await stored())].sort());
  });

  it('reads, changes and shows the log of an object with any key', async () => {
    for (const [i, word] of (await stored()).entries()) {
      const ref = { ...keyword, pk: word };
      expect(String((await ok('admin', 'retrieve', ref))['pk'])).toBe(word);
      const changed = await ok('admin', 'update', { ...ref, data: { weight: 1000 + i } });
      expect(String(changed['pk'])).toBe(word);
      const [row] = await rows('lab.keyword', { pk: word }, ['weight']);
      expect(row).toEqual({ weight: 1000 + i });
      expect(await ok('admin', 'history', ref)).toMatchObject({ object: { label: word } });
    }
  });

  it('changes many at once and runs an action on exactly those', async () => {
    const words = await stored();
    const bulk = await ok('admin', 'bulk_update', { ...keyword, pks: words, data: { weight: 5 } });
    expect(bulk['summary']).toEqual({ accepted: words.length, rejected: 0 });
    const some = words.filter((_, i) => i % 2 === 0);
    const done = await ok('admin', 'action', {
      ...keyword,
      action_name: 'make_heavier',
      pks: some,
    });
    expect(done['executed']).toBe(true);
    for (const row of await rows('lab.keyword', {}, ['word', 'weight']))
      expect([row['word'], row['weight'] === 5]).toEqual([
        row['word'],
        !some.includes(String(row['word'])),
      ]);
  });

  it('deletes and creates objects with any key', async () => {
    for (const word of await stored()) {
      const gone = await ok('admin', 'destroy', { ...keyword, pk: word });
      expect(gone).toMatchObject({ deleted: true });
      expect(await rows('lab.keyword', { pk: word }, ['word'])).toEqual([]);
      const made = await ok('admin', 'create', { ...keyword, data: { word, weight: 1 } });
      expect(String(made['pk'])).toBe(word);
      expect(await rows('lab.keyword', { pk: word }, ['word'])).toEqual([{ word }]);
    }
  });

  it('takes uuids', async () => {
    const employee = { app_label: 'people', model_name: 'employee' };
    const [first] = list(await ok('admin', 'list', employee), 'results');
    const body = await ok('admin', 'retrieve', { ...employee, pk: String(first?.['pk']) });
    expect(at(body, 'pk')).toBe(first?.['pk']);
  });
});
