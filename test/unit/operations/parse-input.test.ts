import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../src/operations/errors.ts';
import { operationNames } from '../../../src/operations/facts.ts';
import { jsonPointer, parseInput } from '../../../src/operations/parse-input.ts';

const violations = (run: () => unknown): { pointer: string; message: string }[] => {
  try {
    run();
  } catch (error) {
    if (error instanceof GatewayError) return error.details?.['errors'] as never;
    throw error;
  }
  return [];
};

const model = { app_label: 'auth', model_name: 'user' };
const update = (pk: string | number) => ({ pk, fields: {} });

describe('arguments', () => {
  it('escape their JSON pointers as RFC 6901 says', () => {
    expect(jsonPointer(['data', 'a/b', 'c~d', 0])).toBe('/data/a~1b/c~0d/0');
  });

  it('take a number as a key and keep it as text', () => {
    expect(parseInput('retrieve', { ...model, pk: 7 }).pk).toBe('7');
  });

  it.each(['add', 'bulk', 'a/b', '?', '#', '%2F', '..', ' ', 'ключ'])('take the key %j', (pk) => {
    expect(parseInput('retrieve', { ...model, pk }).pk).toBe(pk);
  });

  it.each([
    ['retrieve', { ...model, pk: '' }, '/pk'],
    ['retrieve', { ...model, pk: 'x'.repeat(257) }, '/pk'],
    ['retrieve', { ...model, pk: 'a\0b' }, '/pk'],
    ['retrieve', { app_label: 'a-b', model_name: 'user', pk: '1' }, '/app_label'],
    ['retrieve', { app_label: 'auth', model_name: 'User', pk: '1' }, '/model_name'],
    ['list', { ...model, page_size: 201 }, '/page_size'],
    ['list', { ...model, page: 0 }, '/page'],
    ['list', { ...model, status: { deep: 1 } }, '/status'],
    ['action', { ...model, action_name: 'x', pks: [] }, '/pks'],
    ['action', { ...model, action_name: 'x', pks: Array(1001).fill('1') }, '/pks'],
    ['action', { ...model, action_name: 'x', pks: ['1', ''] }, '/pks/1'],
    ['action', { ...model, action_name: 'x' }, '/pks'],
    ['action', { ...model, action_name: 'x', pks: ['1'], select_across: true }, '/pks'],
    ['action', { ...model, action_name: 'x', select_across: false }, '/select_across'],
    ['action', { ...model, action_name: 'x', pks: ['1'], filters: { a: 1 } }, '/filters'],
    ['bulk_update', model, '/pks'],
    ['bulk_update', { ...model, pks: ['1'] }, '/data'],
    ['bulk_update', { ...model, data: {} }, '/pks'],
    ['bulk_update', { ...model, pks: ['1'], data: {}, updates: [update('1')] }, '/updates'],
    ['bulk_update', { ...model, data: {}, updates: [update('1')] }, '/updates'],
    ['bulk_update', { ...model, updates: [] }, '/updates'],
    ['bulk_update', { ...model, updates: Array(1001).fill(update('1')) }, '/updates'],
    ['bulk_update', { ...model, updates: [update('1'), update(2), update(1)] }, '/updates/2/pk'],
    ['bulk_update', { ...model, updates: [{ pk: '1', data: {} }] }, '/updates/0/fields'],
    ['set_password', { ...model, pk: '1', password: '' }, '/password'],
    ['update', { ...model, pk: '1', data: [] }, '/data'],
    ['form_submit', { ...model, data: {}, version: 'f.x' }, '/version'],
    ['form_submit', { ...model, pk: null, data: {}, version: 'f.x' }, '/version'],
  ] as const)('%s refuses %j', (name, given, pointer) => {
    expect(violations(() => parseInput(name, given)).map((error) => error.pointer)).toContain(
      pointer,
    );
  });

  it.each(operationNames.filter((name) => name !== 'list'))(
    '%s refuses an argument it does not know',
    (name) => {
      const errors = violations(() => parseInput(name, { ...model, pk: '1', data: {}, zzz: 1 }));
      expect(errors.map((error) => error.pointer)).toContain('/zzz');
    },
  );

  it('names the argument that was meant', () => {
    const errors = violations(() =>
      parseInput('retrieve', { ...model, pk: '1', primary_key: '1', pkk: 1 }),
    );
    expect(errors.find((error) => error.pointer === '/pkk')?.message).toContain('"pk"');
  });

  it('take a bulk edit in both of its forms, of which only one is left', () => {
    const same = parseInput('bulk_update', { ...model, pks: [1, '2', '1'], data: { a: 1 } });
    expect(same).toEqual({
      ...model,
      pks: ['1', '2'],
      updates: [
        { pk: '1', fields: { a: 1 } },
        { pk: '2', fields: { a: 1 } },
      ],
    });
    const updates = [
      { pk: 2, fields: { a: 1 } },
      { pk: '1', fields: { b: null } },
    ];
    expect(parseInput('bulk_update', { ...model, updates })).toEqual({
      ...model,
      pks: ['2', '1'],
      updates: [{ pk: '2', fields: { a: 1 } }, updates[1]],
    });
  });

  it('takes further keys of list as filters, beside the filters themselves', () => {
    const input = parseInput('list', {
      ...model,
      search: 'a',
      filters: { status: 'paid' },
      is_staff: true,
      groups: [1, 2],
    });
    expect(input.filters).toEqual({ status: 'paid', is_staff: true, groups: [1, 2] });
    expect(input.search).toBe('a');
  });

  it('never repeats a password in an error', () => {
    const errors = violations(() =>
      parseInput('set_password', { ...model, pk: '1', password: ['hunter2'] }),
    );
    expect(JSON.stringify(errors)).not.toContain('hunter2');
  });
});
