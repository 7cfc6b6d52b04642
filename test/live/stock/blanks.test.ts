import { expect, it } from 'vitest';
import type { JsonObject } from '../../../src/operations/json.ts';
import { describeShops } from '../support/live-shop.ts';
import { bare, stockOf } from './stock-shop.ts';

const folder = { app_label: 'lab', model_name: 'folder' };
const sheet = { app_label: 'lab', model_name: 'sheet' };

const withSheets = { ...bare, env: { ...bare.env, SHOP_SHEETS: '1' } };

await describeShops('stock: blank texts that may be NULL', withSheets, (live) => {
  const { ok, run, rows } = stockOf(live);
  const create = async (model: string, values: JsonObject): Promise<number> =>
    Number((await live().inspector.ask({ create: { model, values } }))['pk']);

  /** A folder with two sheets, and a third elsewhere in which nothing is NULL or blank. */
  const stored = async (...texts: readonly JsonObject[]) => {
    const pk = await create('lab.folder', { title: 'Folder' });
    const sheets: number[] = [];
    for (const [i, values] of texts.entries())
      sheets.push(await create('lab.sheet', { folder_id: pk, title: `Sheet ${i}`, ...values }));
    return { pk, sheets };
  };
  const columns = ['title', 'motto', 'remark'];
  const sheetsOf = (pks: readonly number[]) => rows('lab.sheet', { pk__in: [...pks] }, columns);
  const blank = { motto: '', remark: '' };
  const none = { motto: null, remark: null };

  it('keeps what a changed row of an inline holds, or refuses and names the field of the row', async () => {
    const { pk, sheets } = await stored(blank, none);
    const before = await sheetsOf(sheets);
    const [first = 0, second = 0] = sheets;
    const change = (row: JsonObject) =>
      run('admin', 'update', { ...folder, pk, data: { inlines: { sheets: [row] } } });
    await expect(change({ pk: first, title: 'Other' })).rejects.toMatchObject({
      reason: 'unsupported',
      details: { fields: { 'sheets-0-motto': [expect.stringContaining('make NULL')] } },
    });
    await expect(change({ pk: second, title: 'Other' })).rejects.toMatchObject({
      reason: 'unsupported',
      details: { fields: { 'sheets-1-remark': [expect.stringContaining('make a blank')] } },
    });
    expect(await sheetsOf(sheets)).toEqual(before);

    // To give the field as well is to accept it.
    await change({ pk: first, title: 'Other', motto: '' });
    await change({ pk: second, title: 'Other', remark: '' });
    expect(await sheetsOf(sheets)).toEqual([
      { title: 'Other', motto: null, remark: '' },
      { title: 'Other', motto: null, remark: '' },
    ]);
  });

  it('asks nothing about rows that stay, are new or are deleted', async () => {
    const { pk, sheets } = await stored(blank, none, { motto: 'x', remark: 'y' });
    const [, second = 0, third = 0] = sheets;
    await ok('admin', 'retrieve', { ...folder, pk });
    const change = async (data: JsonObject) => {
      const { answer, requests } = await run('admin', 'update', { ...folder, pk, data });
      expect(answer.status).toBe(200);
      return requests.length;
    };
    expect(await change({ title: 'Renamed' })).toBe(3);
    expect(await change({ inlines: { sheets: [{ pk: third, title: 'Third' }] } })).toBe(3);
    expect(await change({ inlines: { sheets: [{ title: 'New' }] } })).toBe(3);
    expect(await change({ inlines: { sheets: [{ pk: second, _delete: true }] } })).toBe(3);
    expect(await sheetsOf(sheets)).toEqual([
      { title: 'Sheet 0', ...blank },
      { title: 'Third', motto: 'x', remark: 'y' },
    ]);
  });

  it('keeps a blank text whose input tells no length', async () => {
    const { sheets } = await stored({ ...blank, remark: 'y' }, { ...none, remark: 'y' });
    const [first = 0, second = 0] = sheets;
    const change = (pk: number, data: JsonObject) => run('admin', 'update', { ...sheet, pk, data });
    await expect(change(first, { title: 'Other' })).rejects.toMatchObject({
      reason: 'unsupported',
      details: { fields: { motto: [expect.stringContaining('make NULL')] } },
    });
    await change(second, { title: 'Other' });
    expect(await sheetsOf(sheets)).toEqual([
      { title: 'Sheet 0', motto: '', remark: 'y' },
      { title: 'Other', motto: null, remark: 'y' },
    ]);
  });
});
