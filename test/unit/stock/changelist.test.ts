import { describe, expect, it } from 'vitest';
import { readChangelist } from '../../../src/stock/pages/changelist.ts';
import { djangos, pageOf, type Setup, themes } from './recorded.ts';

const read = (setup: Setup, name: string) => readChangelist(...pageOf(setup, name));

const columns = [
  'name',
  'price',
  'active',
  'status',
  'released',
  'updated',
  'category',
  'badge',
  'stock',
  'checked',
  'url',
];

describe.each(djangos)('the changelist of %s', (setup) => {
  const list = read(setup, 'list');

  it('has columns with names, labels, and what sorts by them', () => {
    expect(list.columns.map(({ name }) => name)).toEqual(columns);
    expect(list.columns[0]).toEqual({
      name: 'name',
      label: 'Name',
      sortable: true,
      sortIndex: 1,
      ordering: null,
      sortPriority: null,
      editable: false,
    });
    expect(list.columns.filter(({ editable }) => editable).map(({ name }) => name)).toEqual([
      'active',
      'stock',
    ]);
  });

  it('has rows with keys and cells', () => {
    expect(list.rows.map(({ pk, formIndex }) => [pk, formIndex])).toEqual([
      ['1', 0],
      ['2', 1],
      ['3', 2],
      ['4', 3],
      ['5', 4],
    ]);
    const cells = Object.fromEntries(list.rows[1]?.cells.map((cell) => [cell.column, cell]) ?? []);
    expect(cells['name']).toMatchObject({
      text: 'Émile <b>&"quoted"\'s</b>',
      html: null,
      link: { target: { kind: 'change', pk: '2' } },
    });
    expect(cells['price']?.text).toBe('11.00');
    expect(cells['released']).toMatchObject({ text: 'Feb. 4, 2024', nowrap: true });
    expect(cells['category']).toMatchObject({ text: 'Toys', nowrap: true });
    expect(cells['badge']).toMatchObject({
      text: 'p',
      html: '<span class="badge">p</span>',
      nowrap: false,
    });
    expect(cells['checked']).toMatchObject({ boolean: true, text: '' });
    expect(cells['stock']).toMatchObject({
      text: '',
      field: { name: 'stock', type: 'integer', value: 1000 },
    });
    expect(cells['active']).toMatchObject({ field: { name: 'active', value: false } });
    expect(
      list.rows.map(({ cells: all }) => all.find(({ column }) => column === 'checked')?.boolean),
    ).toEqual([null, true, false, null, true]);
  });

  it('has the counts and pages', () => {
    expect(list).toMatchObject({
      total: 12,
      fullCount: null,
      page: 1,
      numPages: 3,
      pageSize: 5,
      showAllQuery: 'all=',
      showsAll: false,
    });
    expect(read(setup, 'list-page2')).toMatchObject({ page: 2, numPages: 3, pageSize: 5 });
    expect(read(setup, 'list-all')).toMatchObject({
      total: 12,
      page: 1,
      numPages: 1,
      pageSize: null,
      showsAll: true,
    });
    expect(read(setup, 'list-filtered')).toMatchObject({ total: 4, fullCount: 12, numPages: 1 });
    expect(read(setup, 'list-empty')).toMatchObject({ total: 0, rows: [], fullCount: 12 });
  });

  it('has the search box, or says that there is none', () => {
    expect(list.search).toEqual({
      text: '',
      helpText: setup === 'django-32' ? null : 'Name or text',
    });
    expect(read(setup, 'list-filtered').search?.text).toBe('Product');
    expect(read(setup, 'list-words').search).toBeNull();
  });

  it('has every filter with its parameters and choices', () => {
    expect(list.filters.map(({ name, parameters }) => [name, parameters])).toEqual([
      ['status', ['status__exact']],
      ['active', ['active__exact']],
      ['checked', ['checked__exact', 'checked__isnull']],
      ['category', ['category__id__exact']],
      ['released', ['released__gte', 'released__lt', 'released__isnull']],
      ['band', ['band']],
      ['supplier', ['supplier__isempty']],
      ['tags', ['tags__id__exact', 'tags__isnull']],
    ]);
    expect(list.filters.map(({ title }) => title)).toContain('price band');
    expect(list.filters[0]?.choices).toEqual([
      { label: 'All', query: '', parameters: {}, selected: true, count: null },
      {
        label: 'Draft',
        query: 'status__exact=d',
        parameters: { status__exact: 'd' },
        selected: false,
        count: null,
      },
      {
        label: 'Published',
        query: 'status__exact=p',
        parameters: { status__exact: 'p' },
        selected: false,
        count: null,
      },
      {
        label: 'Gone & forgotten',
        query: 'status__exact=x',
        parameters: { status__exact: 'x' },
        selected: false,
        count: null,
      },
    ]);
  });

  it('tells what is selected and sorted by', () => {
    const filtered = read(setup, 'list-filtered');
    expect(filtered.filters[0]?.choices.map(({ selected }) => selected)).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(filtered.filters[1]?.choices[1]).toMatchObject({ parameters: { active__exact: '1' } });
    expect(
      filtered.columns.slice(1, 4).map(({ ordering, sortPriority }) => [ordering, sortPriority]),
    ).toEqual([
      ['desc', 1],
      ['asc', 2],
      [null, null],
    ]);
  });

  it('has the date hierarchy and the way back up', () => {
    expect(list.dateHierarchy?.field).toBe('released');
    expect(list.dateHierarchy?.choices.map(({ year, month, day }) => [year, month, day])).toEqual([
      [2024, 1, null],
      [2024, 2, null],
      [2024, 3, null],
    ]);
    const january = read(setup, 'list-date').dateHierarchy;
    expect(january?.back).toMatchObject({ target: { kind: 'changelist' } });
    expect(january?.choices[0]).toMatchObject({ year: 2024, month: 1, day: 3 });
    expect(read(setup, 'list-words').dateHierarchy).toBeNull();
  });

  it('has actions with the inputs that go with them', () => {
    expect(list.actions.map(({ name }) => name)).toEqual([
      'delete_selected',
      'export',
      'ask',
      'grow',
    ]);
    expect(list.actionInputs.map(({ name, label, type }) => [name, label, type])).toEqual([
      ['factor', 'Factor', 'float'],
    ]);
    expect(list.canSelectAcross).toBe(true);
    expect(list.addUrl).toBe('/admin/lab/product/add/');
  });

  it('has the formset behind its editable cells', () => {
    expect(list.formset).toEqual({ prefix: 'form', totalForms: 5, initialForms: 5, pkName: 'id' });
    expect(read(setup, 'list-categories').formset).toBeNull();
  });

  it('finds keys in links when there is nothing to select, and none when there is neither', () => {
    const words = read(setup, 'list-words');
    expect(words.rows.map(({ pk }) => pk).sort()).toEqual(
      [
        '..',
        '5:30',
        '[<>]%"',
        'a b',
        'a/b',
        'back\\slash',
        'new\nline',
        'plain',
        'q?#;@&=+$',
        'x_y',
        'ünï',
      ].sort(),
    );
    for (const { pk, cells } of words.rows)
      expect(cells[0]?.link?.target).toMatchObject(pk === '..' ? {} : { pk });
    const suppliers = read(setup, 'list-suppliers');
    expect(suppliers.columns).toMatchObject([
      { name: '__str__', sortIndex: setup < 'django-5' ? null : 0 },
    ]);
    expect(suppliers.rows).toMatchObject([{ pk: null }]);
  });

  it('reads the popup, where keys are on the links', () => {
    const popup = read(setup, 'list-popup');
    expect(popup).toMatchObject({ popup: true, actions: [], formset: null, total: 12 });
    expect(popup.rows.map(({ pk }) => pk)).toEqual(['1', '2', '3', '4', '5']);
    expect(popup.columns[0]).toMatchObject({ name: 'name', sortIndex: 0 });
  });

  it('reads what came back with errors', () => {
    const invalid = read(setup, 'bulk-invalid');
    expect(invalid.errorNote).toBe('Please correct the error below.');
    const stock = invalid.rows[0]?.cells.find(({ column }) => column === 'stock');
    expect(stock?.field).toMatchObject({ value: 'zz', errors: ['Enter a whole number.'] });
    expect(read(setup, 'bulk-gone').errorNote).toBe('Please correct the error below.');
  });

  it('reads what may only be viewed', () => {
    expect(read(setup, 'view-list')).toMatchObject({ formset: null, addUrl: null, total: 12 });
    expect(read(setup, 'view-list').rows.map(({ pk }) => pk)).toEqual(['1', '2', '3', '4', '5']);
  });

  if (setup === 'django-52' || setup === 'django-61')
    it('reads facet counts apart from labels', () => {
      expect(list.facets).toBe('offered');
      const { facets, filters } = read(setup, 'list-facets');
      expect(facets).toBe('shown');
      expect(filters[0]?.choices.map(({ label, count }) => [label, count])).toEqual([
        ['All', null],
        ['Draft', 4],
        ['Published', 4],
        ['Gone & forgotten', 4],
      ]);
    });
});

describe.each(themes)('the changelist under the theme %s', (setup) => {
  const list = read(setup, 'list');

  it('has columns, rows, keys and counts', () => {
    expect(list.columns.map(({ name, sortIndex }) => [name, sortIndex])).toEqual(
      columns.map((name, i) => [name, i + 1]),
    );
    expect(list.rows.map(({ pk }) => pk)).toEqual(['1', '2', '3', '4', '5']);
    expect(list).toMatchObject({ total: 12, page: 1, numPages: 3, pageSize: 5 });
    expect(list.formset).toMatchObject({ prefix: 'form', pkName: 'id' });
    const checked = list.rows.map(
      ({ cells }) => cells.find(({ column }) => column === 'checked')?.boolean,
    );
    expect(checked).toEqual([null, true, false, null, true]);
  });

  it('has the actions by name', () => {
    expect(list.actions.map(({ name }) => name)).toEqual([
      'delete_selected',
      'export',
      'ask',
      'grow',
    ]);
  });

  if (setup !== 'simpleui-52')
    it('has the filters', () => {
      expect(list.filters.map(({ name }) => name)).toEqual([
        'status',
        'active',
        'checked',
        'category',
        'released',
        'band',
        'supplier',
        'tags',
      ]);
      const [status] = read(setup, 'list-filtered').filters;
      expect(status?.choices.map(({ selected }) => selected)).toEqual([false, true, false, false]);
    });
});
