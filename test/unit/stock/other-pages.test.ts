import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../src/operations/errors.ts';
import { readDeletePage } from '../../../src/stock/pages/delete-page.ts';
import { readGenericPage } from '../../../src/stock/pages/generic-page.ts';
import { readHistoryPage } from '../../../src/stock/pages/history-page.ts';
import { readIndexPage } from '../../../src/stock/pages/index-page.ts';
import { readPasswordPage } from '../../../src/stock/pages/password-page.ts';
import { djangos, pageOf, type Setup, themes } from './recorded.ts';

const index = (setup: Setup, name: string) => readIndexPage(...pageOf(setup, name));
const deletion = (setup: Setup, name: string) => readDeletePage(...pageOf(setup, name));
const generic = (setup: Setup, name: string) => readGenericPage(...pageOf(setup, name));

const models = [
  ['auth', 'group', 'Groups'],
  ['auth', 'user', 'Users'],
  ['lab', 'category', 'Categories'],
  ['lab', 'product', 'Products'],
  ['lab', 'remark', 'Remarks'],
  ['lab', 'review', 'Reviews'],
  ['lab', 'supplier', 'Suppliers'],
  ['lab', 'tag', 'Tags'],
  ['lab', 'word', 'Words'],
];

const counts = [
  { label: 'Products', count: 1 },
  { label: 'Product-tag relationships', count: 1 },
  { label: 'Items', count: 2 },
  { label: 'Reviews', count: 1 },
  { label: 'Fixeds', count: 1 },
];

describe.each(djangos)('the index of %s', (setup) => {
  it('has every model with what may be done', () => {
    const { models: found, frame } = index(setup, 'index');
    expect(found.map(({ appLabel, modelName, label }) => [appLabel, modelName, label])).toEqual(
      models,
    );
    expect(found.find(({ modelName }) => modelName === 'product')).toMatchObject({
      canList: true,
      canAdd: true,
      canChange: true,
      group: { label: 'Lab', slug: 'lab' },
    });
    expect(found.find(({ modelName }) => modelName === 'remark')).toMatchObject({
      canList: false,
      canAdd: true,
      canChange: false,
    });
    expect(frame.userName).toBe('Ada');
  });

  it('tells viewing from changing', () => {
    const { models: found } = index(setup, 'view-index');
    expect(found.find(({ modelName }) => modelName === 'product')).toMatchObject({
      canList: true,
      canAdd: false,
      canChange: false,
    });
  });

  it('has the recent actions and the way out', () => {
    const { recentActions, showsRecentActions, logout } = index(setup, 'index-after');
    expect(showsRecentActions).toBe(true);
    expect(recentActions[0]).toEqual({
      action: 'deleted',
      label: 'Product 11',
      modelLabel: 'Product',
      target: null,
    });
    expect(recentActions[1]).toEqual({
      action: 'changed',
      label: 'Product 0',
      modelLabel: 'Product',
      target: { appLabel: 'lab', modelName: 'product', pk: '1' },
    });
    expect(recentActions.some(({ action }) => action === 'added')).toBe(true);
    expect(logout).toEqual({
      method: setup === 'django-32' ? 'get' : 'post',
      path: '/admin/logout/',
    });
  });
});

describe.each(themes)('the index under the theme %s', (setup) => {
  it('has every model', () => {
    const { models: found } = index(setup, 'index');
    expect(found.map(({ appLabel, modelName, label }) => [appLabel, modelName, label])).toEqual(
      models,
    );
    expect(found.find(({ modelName }) => modelName === 'product')).toMatchObject({
      canList: true,
      canAdd: true,
    });
  });

  it('has the cascade of a deletion', () => {
    const page = deletion(setup, 'delete');
    expect(page).toMatchObject({ canDelete: true, counts });
    expect(page.tree[0]).toMatchObject({ label: 'Product 0', target: { pk: '1' } });
    expect(page.tree[0]?.children).toHaveLength(14);
    expect(deletion(setup, 'delete-protected')).toMatchObject({
      canDelete: false,
      counts: null,
      missingPermissions: [],
    });
    expect(deletion(setup, 'delete-protected').protectedObjects).toHaveLength(4);
    // The page's link back to the object is all that names it there.
    if (setup !== 'simpleui-52')
      expect(deletion(setup, 'delete-protected').linkedLabel).toBe('Books');
  });

  it('has the history', () => {
    const { entries } = readHistoryPage(...pageOf(setup, 'history'));
    expect(entries).toHaveLength(1);
    expect(entries[0]?.user).toMatch(/^admin \( ?Ada\)$/);
    expect(entries[0]?.comment).toBe('Changed Stock and Active.');
  });

  it('has the page that sets a password', () => {
    const { fields } = readPasswordPage(...pageOf(setup, 'password'));
    expect(
      fields.filter(({ widget }) => widget.kind === 'password').map(({ name }) => name),
    ).toEqual(['password1', 'password2']);
  });
});

describe.each(djangos)('the page that asks before deleting: %s', (setup) => {
  it('has counts and the tree with keys', () => {
    const page = deletion(setup, 'delete');
    expect(page).toMatchObject({
      canDelete: true,
      counts,
      truncated: false,
      protectedObjects: [],
      missingPermissions: [],
    });
    expect(page.tree).toHaveLength(1);
    expect(page.tree[0]?.target).toEqual({ appLabel: 'lab', modelName: 'product', pk: '1' });
    expect(page.tree[0]?.children.find(({ modelLabel }) => modelLabel === 'Review')).toMatchObject({
      text: 'Review: Review by Bob',
      label: 'Review by Bob',
      target: { modelName: 'review', pk: '1' },
    });
    expect(page.form?.controls.some(({ name }) => name === 'post')).toBe(true);
  });

  it('tells protected objects from missing permissions', () => {
    expect(deletion(setup, 'delete-protected')).toMatchObject({
      canDelete: false,
      tree: [],
      form: null,
      missingPermissions: [],
    });
    expect(deletion(setup, 'delete-protected').protectedObjects).toContain('Product: Product 0');
    expect(deletion(setup, 'weak-delete')).toMatchObject({
      canDelete: false,
      protectedObjects: [],
      missingPermissions: ['review'],
    });
  });

  it('reads the page of the action, and keys that were quoted', () => {
    expect(deletion(setup, 'delete-selected').tree.map(({ target }) => target?.pk)).toEqual([
      '1',
      '2',
    ]);
    expect(deletion(setup, 'delete-selected-protected').canDelete).toBe(false);
    expect(deletion(setup, 'delete-word').tree[0]).toMatchObject({
      label: 'a/b',
      target: { pk: 'a/b' },
    });
  });
});

describe.each(djangos)('history, passwords and pages of projects: %s', (setup) => {
  it('has an entry a row', () => {
    const page = readHistoryPage(...pageOf(setup, 'history'));
    expect(page.entries.map(({ user, comment }) => [user, comment]).slice(0, 2)).toEqual([
      ['admin (Ada)', 'Changed Description, Stock and Secret.'],
      ['admin (Ada)', 'Changed Stock.'],
    ]);
    expect(page).toMatchObject({ page: 1, numPages: 1, model: { modelName: 'product' } });
    expect(page.total).toBe(page.entries.length);
    expect(readHistoryPage(...pageOf(setup, 'history-empty')).entries).toEqual([]);
  });

  it('has the form that sets a password, of both generations, and its errors', () => {
    const page = readPasswordPage(...pageOf(setup, 'password'));
    const isNew = setup === 'django-52' || setup === 'django-61';
    expect(page.asksUsable).toBe(isNew);
    expect(page.buttons.map(({ name }) => name)).toEqual(
      isNew ? ['set-password', 'unset-password'] : [''],
    );
    expect(readPasswordPage(...pageOf(setup, 'password-bad')).errors.fields).toEqual({
      password2: ['The two password fields didn’t match.'],
    });
    expect(
      Object.keys(readPasswordPage(...pageOf(setup, 'own-password-bad')).errors.fields),
    ).toEqual(['old_password', 'new_password2']);
    expect(() => readPasswordPage('<p>no</p>', { adminPath: '/admin/', path: '/admin/' })).toThrow(
      GatewayError,
    );
  });

  it('reads what an action shows in between: text, list, inputs and what it carries along', () => {
    const page = generic(setup, 'ask');
    expect(page.text).toContain('Are you sure about 2 products?');
    expect(page.lists).toEqual([['Product 0', 'Émile <b>&"quoted"\'s</b>']]);
    expect(page.forms).toHaveLength(1);
    const [form] = page.forms;
    expect(form?.inputs.map(({ name, label, widget }) => [name, label, widget.kind])).toEqual([
      ['reason', 'Reason', 'text'],
      ['kind', 'Kind', 'select'],
      ['sure', 'Sure', 'checkbox'],
    ]);
    expect(form?.hidden.map(({ name, value }) => [name, value])).toEqual([
      ['_selected_action', '1'],
      ['_selected_action', '2'],
      ['action', 'ask'],
    ]);
    expect(form?.buttons).toEqual([{ name: 'apply', value: 'Do it', label: 'Do it' }]);
  });

  it('reads its errors by field', () => {
    expect(generic(setup, 'ask-invalid').forms[0]?.errors).toMatchObject({
      any: true,
      nonField: [],
      fields: { reason: ['This field is required.'], kind: ['This field is required.'] },
    });
  });

  it('reads a panel: tables, lists, links, forms', () => {
    const page = generic(setup, 'panel');
    expect(page.frame.heading).toBe('Panel of 1');
    expect(page.tables).toEqual([
      {
        head: ['Month', 'Sold'],
        rows: [
          ['May', '7'],
          ['June', '9'],
        ],
      },
    ]);
    expect(page.lists).toEqual([['One', 'Two']]);
    expect(page.links).toMatchObject([
      { label: 'Back', href: '/admin/lab/product/1/change/', target: { kind: 'change', pk: '1' } },
    ]);
    expect(page.forms[0]).toMatchObject({
      action: 'run/',
      method: 'post',
      buttons: [{ name: 'go', value: '1', label: 'Run' }],
    });
    expect(page.text.split('\n')).toContain('Some text.');
  });

  it('reads messages that a page shows', () => {
    const { frame } = generic(setup, 'save-shown');
    expect(frame.messages.at(-1)).toMatchObject({
      level: 'success',
      text: expect.stringContaining('was changed successfully.'),
    });
  });
});

describe('the history under jazzmin', () => {
  const item = (text: string) =>
    `<div class="timeline-item"><h3 class="timeline-header"><a href="/admin/auth/user/1/change/">ada</a> ${text}</h3></div>`;
  const label = (time: string) => `<div class="time-label"><span>${time}</span></div>`;
  const timeline = [
    label('May 2, 2024, 9 a.m.'),
    item('Changed Status.'),
    item('Added note “Fragile”.'),
    label('May 1, 2024, 9 a.m.'),
    item('Added.'),
  ].join('');
  const html = `<div id="content"><div class="timeline">${timeline}</div></div>`;

  it('has one entry for all the changes of one save, oldest first as in Django', () => {
    const at = { adminPath: '/admin/', path: '/admin/shop/product/1/history/' };
    expect(readHistoryPage(html, at).entries).toEqual([
      { time: 'May 1, 2024, 9 a.m.', user: 'ada', comment: 'Added.' },
      {
        time: 'May 2, 2024, 9 a.m.',
        user: 'ada',
        comment: 'Changed Status. Added note “Fragile”.',
      },
    ]);
  });
});
