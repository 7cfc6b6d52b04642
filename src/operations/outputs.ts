import type * as z from 'zod';
import type { OperationName } from './catalogue.ts';
import { actionBody } from './contract/action.ts';
import { autocompleteBody } from './contract/autocomplete.ts';
import { bulkBody } from './contract/bulk.ts';
import { deletePreviewBody, destroyedBody } from './contract/delete.ts';
import { addFormBody, formSpecBody } from './contract/form.ts';
import { listBody } from './contract/list.ts';
import { historyBody, recentActionsBody } from './contract/log.ts';
import { objectBody, savedBody } from './contract/object.ts';
import { panelBody } from './contract/panel.ts';
import { passwordBody } from './contract/password.ts';
import { planBody } from './contract/plan.ts';
import { registryBody } from './contract/registry.ts';
import { schemaBody } from './contract/schema.ts';
import type { JsonObject } from './json.ts';

/**
 * What each operation answers with. Apart from the operations themselves, because building
 * these schemas takes 20 ms that no start-up should wait for: the bundle holds only the JSON
 * Schemas made from them (scripts/build.mjs).
 */
export const outputs = {
  registry: registryBody,
  schema: schemaBody,
  recent_actions: recentActionsBody,
  list: listBody,
  retrieve: objectBody,
  add_form: addFormBody,
  form_spec: formSpecBody,
  create: savedBody,
  update: savedBody,
  form_submit: savedBody,
  destroy: destroyedBody,
  bulk_update: bulkBody,
  autocomplete: autocompleteBody,
  action: actionBody,
  history: historyBody,
  delete_preview: deletePreviewBody,
  set_password: passwordBody,
  panel: panelBody,
} as const satisfies Readonly<Record<OperationName, z.ZodType>>;

/** What a body has to be: that of the operation, or the plan that a dry run answers with. */
export const outputOf = (name: OperationName, body: JsonObject): z.ZodType =>
  body['dry_run'] === true ? planBody : outputs[name];
