import type { Input } from '../../operations/catalogue.ts';
import type { Answer } from '../../operations/upstream.ts';
import { specJson } from '../contract/field.ts';
import { fieldsetsJson, prepopulatedJson, shownFields } from '../contract/fieldset.ts';
import { noteFileValues } from '../contract/file-notes.ts';
import { inlineJson } from '../contract/inline.ts';
import { modelOf } from '../contract/model.ts';
import { createNotes, notInHtml } from '../contract/notes.ts';
import { versionJson, zoneJson } from '../contract/object.ts';
import type { Desk } from '../desk/desk.ts';
import { isByHand, openForm } from '../desk/open-form.ts';

/** One request: the add or change page, with the caller's query. */
export const formSpec = async (input: Input<'form_spec'>, desk: Desk): Promise<Answer> => {
  const pk = input.pk ?? null;
  const open = await openForm(desk, modelOf(input), pk, input.query);
  const { page } = open;
  if (isByHand(open))
    return {
      status: 200,
      body: {
        renderer: 'custom-template',
        reason: 'The project draws this page by hand.',
        legacy_url: open.path,
        spa_url: null,
        machine_driveable: false,
      },
    };
  const notes = createNotes();
  notes.add('variant', notInHtml);
  notes.add('fields.*.widget.widget_class', notInHtml);
  noteFileValues(notes, page);
  return {
    status: 200,
    body: {
      renderer: 'form-spec',
      fieldsets: fieldsetsJson(page),
      fields: Object.fromEntries(shownFields(page).map((field) => [field.name, specJson(field)])),
      inlines: page.inlines.map((inline) => inlineJson(inline, true)),
      variant: null,
      ...(pk === null ? { prepopulated_fields: prepopulatedJson(page) } : {}),
      buttons: page.extraButtons.map(({ name, value, label }) => ({ name, value, label })),
      ...zoneJson(page.frame),
      ...versionJson(open),
      ...notes.json(),
    },
  };
};
