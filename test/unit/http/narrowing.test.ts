import { describe, expect, it } from 'vitest';
import { narrowingOf } from '../../../src/http/narrowing.ts';
import { GatewayError } from '../../../src/operations/errors.ts';

const read = (headers: Record<string, string>) => narrowingOf(new Headers(headers), 'X-CSRFToken');

const errorOf = (headers: Record<string, string>): GatewayError => {
  try {
    read(headers);
  } catch (error) {
    if (error instanceof GatewayError) return error;
  }
  throw new Error('expected a GatewayError');
};

describe('headers that narrow', () => {
  it('are read, each as its setting is', () => {
    expect(
      read({
        'x-admin-read-only': 'True',
        'X-Admin-Disable-Tools': 'destroy, admin.panel,admin_update',
        'X-Admin-Models': 'sales.*,auth',
        'X-Admin-Exclude-Models': '*.payment',
        'X-Admin-Exclude-Fields': '*.*.salary',
        'X-Admin-Max-Rows': '20',
        'X-CSRFToken': 'abc',
      }),
    ).toEqual({
      readOnly: true,
      disabledTools: ['destroy', 'admin.panel', 'admin_update'],
      models: ['sales.*', 'auth'],
      excludeModels: ['*.payment'],
      excludeFields: ['*.*.salary'],
      maxRows: 20,
    });
  });

  it('may be absent, and may come next to a CSRF header with our prefix', () => {
    expect(read({ cookie: 'a=b' })).toBeUndefined();
    const headers = new Headers({ 'X-Admin-Csrf': 'abc' });
    expect(narrowingOf(headers, 'X-Admin-CSRF')).toBeUndefined();
  });

  it.each([
    ['X-Admin-Read-Only', 'false'],
    ['X-Admin-Read-Only', ''],
    ['X-Admin-Read-Only', '1'],
    ['X-Admin-Disable-Tools', 'destroi'],
    ['X-Admin-Disable-Tools', 'destroy,,update'],
    ['X-Admin-Models', ''],
    ['X-Admin-Models', 'sales.order.id'],
    ['X-Admin-Exclude-Models', 'auth/user'],
    ['X-Admin-Exclude-Models', 'auth,'.repeat(300)],
    ['X-Admin-Exclude-Fields', 'salary'],
    ['X-Admin-Max-Rows', '0'],
    ['X-Admin-Max-Rows', '1001'],
    ['X-Admin-Max-Rows', '10, 5'],
    ['X-Admin-Max-Rows', '1e2'],
  ])('are refused where they cannot be read: %s: %s', (name, value) => {
    const error = errorOf({ [name]: value });
    expect([error.status, error.message]).toEqual([400, expect.stringContaining(name)]);
  });

  it.each([
    ['X-Admin-ReadOnly', 'X-Admin-Read-Only'],
    ['X-Admin-Exclude-Model', 'X-Admin-Exclude-Models'],
    ['X-Admin-Whatever-This-May-Be', 'Known: '],
  ])('are refused where nobody knows them: %s', (name, hint) => {
    expect(errorOf({ [name]: 'true' }).hint).toContain(hint);
  });
});
