import type { OperationName } from '../../src/operations/catalogue.ts';

export const model = { app_label: 'auth', model_name: 'user' };

/** A valid call of every operation. */
export const calls: Record<OperationName, object> = {
  registry: {},
  schema: {},
  recent_actions: {},
  list: model,
  retrieve: { ...model, pk: '1' },
  add_form: model,
  form_spec: model,
  create: { ...model, data: {} },
  update: { ...model, pk: '1', data: {} },
  form_submit: { ...model, pk: '1', data: {} },
  destroy: { ...model, pk: '1' },
  bulk_update: { ...model, pks: ['1'], data: {} },
  autocomplete: model,
  action: { ...model, action_name: 'x', pks: ['1'] },
  history: { ...model, pk: '1' },
  delete_preview: { ...model, pk: '1' },
  set_password: { ...model, pk: '1', password: 'x' },
  panel: { ...model, pk: '1', panel_name: 'x' },
};
