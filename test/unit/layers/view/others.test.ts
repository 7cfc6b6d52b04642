import { expect, it } from 'vitest';
import { leanHistory, leanRecentActions } from '../../../../src/layers/view/logs.ts';
import { leanRegistry } from '../../../../src/layers/view/registry.ts';

const all = { view: true, add: true, change: true, delete: true };

it('the registry names each model once, with what is allowed', () => {
  const model = (model_name: string, plural: string, more = {}) => ({
    app_label: 'catalog',
    real_app_label: 'catalog',
    model_name,
    object_name: null,
    verbose_name: null,
    verbose_name_plural: plural,
    permissions: all,
    actions: [{ name: 'delete_selected', label: 'Delete' }],
    ...more,
  });
  const registry = leanRegistry({
    mount: '/',
    user: { id: null, username: 'ada' },
    apps: [
      {
        name: 'Catalog',
        app_label: 'catalog',
        verbose_name: 'Catalog',
        is_group: false,
        models: [model('tag', 'Tags'), model('stocklevel', 'Inventory')],
      },
      {
        name: 'Everyday',
        app_label: 'everyday',
        is_group: true,
        models: [
          model('product', 'Products', { permissions: { ...all, add: false, delete: null } }),
        ],
      },
    ],
    notes: ['apps.models.actions: see list'],
  });
  expect(registry).toEqual({
    user: { username: 'ada' },
    apps: [
      {
        app_label: 'catalog',
        models: [
          { model_name: 'tag', permissions: 'view add change delete' },
          {
            model_name: 'stocklevel',
            verbose_name_plural: 'Inventory',
            permissions: 'view add change delete',
          },
        ],
      },
      {
        app_label: 'everyday',
        is_group: true,
        models: [
          { app_label: 'catalog', model_name: 'product', permissions: 'view change delete?' },
        ],
      },
    ],
  });
});

it('the history is a table of when, who, what and how', () => {
  const entry = (id: number, action: string | null) => ({
    id,
    action,
    action_time: `2025-05-22T10:0${id}`,
    user: { id: 1, label: 'ada' },
    change_message_human: 'Changed Name.',
    change_message_structured: [{ changed: { fields: ['Name'] } }],
  });
  const body = {
    object: { pk: 1, label: 'Oak' },
    entries: [entry(2, 'change'), entry(1, null)],
    page: 1,
    total: 2,
  };
  expect(leanHistory(body)).toEqual({
    object: { pk: 1, label: 'Oak' },
    page: 1,
    total: 2,
    columns: ['action_time', 'user', 'action', 'change_message_human'],
    entries: [
      ['2025-05-22T10:02', 'ada', 'change', 'Changed Name.'],
      ['2025-05-22T10:01', 'ada', null, 'Changed Name.'],
    ],
  });
});

it('recent actions say what was acted on, and of what kind that was where it is gone', () => {
  const target = { app_label: 'catalog', model_name: 'tag', pk: 3 };
  const body = {
    actions: [
      { id: null, action: 'added', object_repr: 'oak', model_label: 'Tag', target },
      { id: null, action: 'deleted', object_repr: 'pine', model_label: 'Tag', target: null },
    ],
  };
  expect(leanRecentActions(body)).toEqual({
    columns: ['action', 'object_repr', 'model_label', 'app_label', 'model_name', 'pk'],
    actions: [
      ['added', 'oak', null, 'catalog', 'tag', 3],
      ['deleted', 'pine', 'Tag', null, null, null],
    ],
  });
});
