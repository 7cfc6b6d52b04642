import type { Input, OperationName } from '../operations/catalogue.ts';
import { operationNames } from '../operations/facts.ts';
import type { Answer, Run, Upstream } from '../operations/upstream.ts';
import { createDesk, type Desk } from './desk/desk.ts';
import { createMemory } from './desk/memory.ts';
import { Refused } from './desk/refused.ts';
import { action } from './operations/action.ts';
import { addForm } from './operations/add-form.ts';
import { autocomplete } from './operations/autocomplete.ts';
import { bulkUpdate } from './operations/bulk-update.ts';
import { create } from './operations/create.ts';
import { deletePreview } from './operations/delete-preview.ts';
import { destroy } from './operations/destroy.ts';
import { formSpec } from './operations/form-spec.ts';
import { formSubmit } from './operations/form-submit.ts';
import { history } from './operations/history.ts';
import { list } from './operations/list.ts';
import { panel } from './operations/panel.ts';
import { recentActions } from './operations/recent-actions.ts';
import { registry } from './operations/registry.ts';
import { retrieve } from './operations/retrieve.ts';
import { schema } from './operations/schema.ts';
import { setPassword } from './operations/set-password.ts';
import { update } from './operations/update.ts';

type Operate<Name extends OperationName> = (input: Input<Name>, desk: Desk) => Promise<Answer>;

const operate: { readonly [Name in OperationName]: Operate<Name> } = {
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
};

/**
 * The upstream that needs nothing installed: it reads the pages of the stock admin and posts
 * its own forms. It remembers shapes of models and formats of dates, never a value.
 */
export const createStockUpstream = (): Upstream => {
  const memory = createMemory();
  const runOf =
    <Name extends OperationName>(name: Name): Run<Name> =>
    async (input, context) => {
      try {
        return await (operate[name] as Operate<Name>)(input, createDesk(context, memory));
      } catch (error) {
        if (error instanceof Refused) return error.answer;
        throw error;
      }
    };
  return Object.fromEntries(
    operationNames.map((name) => [name, runOf(name)]),
  ) as unknown as Upstream;
};
