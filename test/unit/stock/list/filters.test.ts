import { expect, it } from 'vitest';
import type { ListShape } from '../../../../src/stock/desk/list-shape.ts';
import { Refused } from '../../../../src/stock/desk/refused.ts';
import { filterQuery } from '../../../../src/stock/list/filters.ts';
import { orderingQuery } from '../../../../src/stock/list/ordering.ts';

const choice = (label: string, parameters: Record<string, string>) => ({
  label,
  query: '',
  parameters,
  selected: false,
  count: null,
});

const shape: ListShape = {
  columns: [
    { name: 'name', sortIndex: 1, editable: false },
    { name: 'badge', sortIndex: null, editable: false },
    { name: 'price', sortIndex: 3, editable: true },
  ],
  filters: [
    {
      name: 'status',
      parameters: ['status__exact'],
      choices: [choice('All', {}), choice('On sale', { status__exact: 'active' })],
    },
    {
      name: 'is_active',
      parameters: ['is_active__exact'],
      choices: [choice('Yes', { is_active__exact: '1' }), choice('No', { is_active__exact: '0' })],
    },
    {
      name: 'released_on',
      parameters: ['released_on__gte', 'released_on__lt'],
      choices: [choice('Today', { released_on__gte: '2024-01-01', released_on__lt: '2024-01-02' })],
    },
  ],
  hasSearch: true,
  dateField: 'released_on',
  pageSize: 20,
  actions: [],
};

it.each([
  [{ status: 'active' }, [['status__exact', 'active']]],
  [{ status: 'on sale' }, [['status__exact', 'active']]],
  [{ status__exact: 'x' }, [['status__exact', 'x']]],
  [{ status: ['active', 'draft'] }, [['status__in', 'active,draft']]],
  [{ is_active: true }, [['is_active__exact', '1']]],
  [{ is_active: 'false' }, [['is_active__exact', '0']]],
  [{ released_on: '2024-05-01' }, [['released_on', '2024-05-01']]],
  [
    { released_on: 'today' },
    [
      ['released_on__gte', '2024-01-01'],
      ['released_on__lt', '2024-01-02'],
    ],
  ],
  [{ year: 2024 }, [['released_on__year', '2024']]],
  [{ price__gte: 5 }, [['price__gte', '5']]],
  [{ pk__in: [1, 2] }, [['pk__in', '1,2']]],
])('says %j in the words of the admin', (filters, query) => {
  expect(filterQuery(filters, shape)).toEqual(query);
});

it.each([{ p: 2 }, { _popup: 1 }, { status: ['a,b', 'c'] }])('refuses %j', (filters) => {
  expect(() => filterQuery(filters as never, shape)).toThrow(Refused);
});

it('orders by the numbers of the headers', () => {
  expect(orderingQuery('-price, name', shape)).toBe('-3.1');
  expect(() => orderingQuery('badge', shape)).toThrow(Refused);
  expect(() => orderingQuery('prise', shape)).toThrow(Refused);
});
