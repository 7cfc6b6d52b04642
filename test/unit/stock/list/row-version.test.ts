import { describe, expect, it } from 'vitest';
import { rowVersion } from '../../../../src/stock/list/row-version.ts';
import { readChangelist } from '../../../../src/stock/pages/changelist.ts';

interface Shown {
  readonly pk?: string;
  readonly query?: string;
  readonly number?: number;
  readonly picture?: string;
  readonly stock?: string;
  readonly isActive?: boolean;
}

const versionOf = ({
  pk = '7',
  query = '',
  number = 0,
  picture = 'oak.png',
  stock = '3',
  isActive = true,
}: Shown = {}): string => {
  const html = `<form id="changelist-form" method="post">
    <input type="hidden" name="form-TOTAL_FORMS" value="9"><input type="hidden" name="form-INITIAL_FORMS" value="9">
    <table id="result_list"><thead><tr><th class="action-checkbox-column"></th>
    <th class="column-picture">Picture</th><th class="column-stock">Stock</th><th class="column-active">Active</th></tr></thead>
    <tbody><tr><td class="action-checkbox"><input type="checkbox" name="_selected_action" value="${pk}"></td>
    <th class="field-picture"><a href="/admin/shop/item/${pk}/change/${query}"><img src="${picture}"></a></th>
    <td class="field-stock"><input type="number" name="form-${number}-stock" value="${stock}"></td>
    <td class="field-active"><img src="icon-${isActive ? 'yes' : 'no'}.svg" alt="${isActive ? 'True' : 'False'}"></td></tr></tbody></table></form>`;
  const [row] = readChangelist(html, { adminPath: '/admin/', path: '/admin/shop/item/' }).rows;
  if (row === undefined) throw new Error('The page has no row.');
  return rowVersion(row);
};

describe('the version of a row', () => {
  it('does not depend on where in which list the row stands', () => {
    expect(versionOf({ number: 8 })).toBe(versionOf());
    expect(versionOf({ query: '?_changelist_filters=pk__in%3D7%26all' })).toBe(versionOf());
    expect(versionOf({ query: '?_popup=1&amp;_changelist_filters=q%3Doak' })).toBe(
      versionOf({ query: '?_popup=1' }),
    );
  });

  it('is another one for anything else that the row shows or holds', () => {
    const versions = [
      versionOf(),
      versionOf({ pk: '8' }),
      versionOf({ picture: 'pine.png' }),
      versionOf({ stock: '4' }),
      versionOf({ stock: '' }),
      versionOf({ isActive: false }),
    ];
    expect(new Set(versions).size).toBe(versions.length);
  });
});
