import type { JsonObject } from '../../operations/json.ts';
import type { FormField } from '../pages/types/field.ts';
import type { FormPage } from '../pages/types/form-page.ts';

/** The fields of a form that may be shown, in the order of the page. */
export const shownFields = (page: FormPage): readonly FormField[] =>
  page.fields.filter(({ widget }) => widget.kind !== 'hidden');

/** Fieldsets without the fields that are not shown; one that has lost all of them is left out. */
export const fieldsetsJson = (page: FormPage): JsonObject[] => {
  const shown = new Set(shownFields(page).map(({ name }) => name));
  const sets = page.fieldsets.flatMap(({ title, description, classes, rows }) => {
    const kept = rows
      .map((row) => row.filter((name) => shown.has(name)))
      .filter((row) => row.length > 0);
    if (kept.length === 0) return [];
    return { title, fields: kept.flat(), field_rows: kept, classes: [...classes], description };
  });
  if (sets.length > 0) return sets;
  const names = [...shown];
  return [{ title: null, fields: names, field_rows: names.map((name) => [name]) }];
};

export const saveOptionsJson = ({ mode, saveOptions }: FormPage): JsonObject => ({
  show_save: mode !== 'view' && saveOptions.save,
  show_save_and_continue: saveOptions.saveAndContinue,
  show_save_and_add_another: saveOptions.saveAndAddAnother,
  show_save_as_new: saveOptions.saveAsNew,
  // On an add page nothing tells; on a change page the button is there when it is set.
  save_as: mode === 'change' ? saveOptions.saveAsNew : null,
  save_as_continue: null,
  // Where nothing can be saved there are no buttons to count.
  save_on_top: mode === 'view' ? null : saveOptions.saveOnTop,
});

export const prepopulatedJson = (page: FormPage): JsonObject => {
  const shown = new Set(shownFields(page).map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(page.prepopulated).flatMap(([target, sources]) => {
      const kept = sources.filter((source) => shown.has(source));
      return shown.has(target) && kept.length > 0 ? [[target, kept]] : [];
    }),
  );
};
