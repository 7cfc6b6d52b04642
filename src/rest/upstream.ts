import type { Input, OperationName } from '../operations/catalogue.ts';
import type { Answer, Context, Upstream } from '../operations/upstream.ts';
import { action } from './action.ts';
import { createBulkUpdate } from './bulk-update.ts';
import { callRest } from './call.ts';
import { createCreate } from './create.ts';
import { deletePreview } from './delete-preview.ts';
import { destroy } from './destroy.ts';
import { createFormPages } from './form-page.ts';
import { formSpec } from './form-spec.ts';
import { createFormSubmit } from './form-submit.ts';
import { history } from './history.ts';
import { list } from './list.ts';
import { withVersion } from './object-version.ts';
import { createUpdate } from './update.ts';

const plain =
  <Name extends OperationName>(name: Name) =>
  (input: Input<Name>, context: Context): Promise<Answer> =>
    callRest(name, input, context);

/**
 * The upstream for projects that have `django-admin-rest-api` (written against 1.8.1). It
 * passes the package's bodies on, refuses the calls whose data loss or untruth can be seen
 * coming, and mends the answers that claim what did not happen. `docs/api-contract.md` lists
 * both.
 */
export const createRestUpstream = (): Upstream => {
  const readFormPage = createFormPages();
  const create = createCreate(readFormPage);
  const update = createUpdate(readFormPage);
  return {
    registry: plain('registry'),
    schema: plain('schema'),
    recent_actions: plain('recent_actions'),
    list,
    retrieve: async (input, context) => withVersion(await callRest('retrieve', input, context)),
    add_form: plain('add_form'),
    form_spec: formSpec,
    create,
    update,
    form_submit: createFormSubmit({ create, update }),
    destroy,
    bulk_update: createBulkUpdate(readFormPage),
    autocomplete: plain('autocomplete'),
    action,
    history,
    delete_preview: deletePreview,
    set_password: plain('set_password'),
    panel: plain('panel'),
  };
};
