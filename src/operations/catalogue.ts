import type * as z from 'zod';
import { action } from './action.ts';
import { addForm } from './add-form.ts';
import { autocomplete } from './autocomplete.ts';
import { bulkUpdate } from './bulk-update.ts';
import { create } from './create.ts';
import { deletePreview } from './delete-preview.ts';
import { destroy } from './destroy.ts';
import { formSpec } from './form-spec.ts';
import { formSubmit } from './form-submit.ts';
import { history } from './history.ts';
import { list } from './list.ts';
import { panel } from './panel.ts';
import { recentActions } from './recent-actions.ts';
import { registry } from './registry.ts';
import { retrieve } from './retrieve.ts';
import { schema } from './schema.ts';
import { setPassword } from './set-password.ts';
import { update } from './update.ts';

/** The 18 operations, in the order in which every surface lists them (the seed's). */
export const operations = {
  registry,
  schema,
  recent_actions: recentActions,
  list,
  retrieve,
  add_form: addForm,
  form_spec: formSpec,
  create,
  update,
  form_submit: formSubmit,
  destroy,
  bulk_update: bulkUpdate,
  autocomplete,
  action,
  history,
  delete_preview: deletePreview,
  set_password: setPassword,
  panel,
} as const;

export type OperationName = keyof typeof operations;

/** The arguments of an operation after validation. */
export type Input<Name extends OperationName> = z.output<(typeof operations)[Name]['input']>;
