import type { Input } from '../../operations/catalogue.ts';
import type { Answer } from '../../operations/upstream.ts';
import { descriptorJson } from '../contract/field.ts';
import {
  fieldsetsJson,
  prepopulatedJson,
  saveOptionsJson,
  shownFields,
} from '../contract/fieldset.ts';
import { noteFileValues } from '../contract/file-notes.ts';
import { inlineJson } from '../contract/inline.ts';
import { modelJson, modelOf } from '../contract/model.ts';
import { createNotes, notInHtml } from '../contract/notes.ts';
import { zoneJson } from '../contract/object.ts';
import type { Desk } from '../desk/desk.ts';
import { openForm, stockForm } from '../desk/open-form.ts';

/** One request: the add page. */
export const addForm = async (input: Input<'add_form'>, desk: Desk): Promise<Answer> => {
  const model = modelOf(input);
  const open = await openForm(desk, model, null, input.query);
  stockForm(open);
  const { page } = open;
  const notes = createNotes();
  for (const key of ['permissions.change', 'permissions.delete', 'save_options.save_as'])
    notes.add(key, notInHtml);
  noteFileValues(notes, page);
  return {
    status: 200,
    body: {
      ...modelJson(model),
      // "Save and continue" is offered to those who may view or change what they add.
      permissions: {
        view: page.saveOptions.saveAndContinue ? true : null,
        add: true,
        change: null,
        delete: null,
      },
      fieldsets: fieldsetsJson(page),
      fields: Object.fromEntries(
        shownFields(page).map((field) => [field.name, descriptorJson(field, true)]),
      ),
      inlines: page.inlines.map((inline) => inlineJson(inline, true)),
      save_options: saveOptionsJson(page),
      prepopulated_fields: prepopulatedJson(page),
      ...zoneJson(page.frame),
      ...notes.json(),
    },
  };
};
