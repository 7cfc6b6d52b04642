import type { JsonObject } from '../../operations/json.ts';
import { versionOfGroups } from '../../operations/version.ts';
import { isByHand, type OpenForm } from '../desk/open-form.ts';
import { groupsOf } from '../forms/groups.ts';
import type { PageFrame } from '../pages/types/shared.ts';
import { actionJson, customViewJson } from './action.ts';
import { descriptorJson } from './field.ts';
import { fieldsetsJson, saveOptionsJson, shownFields } from './fieldset.ts';
import { noteFileSizes } from './file-notes.ts';
import { inlineJson } from './inline.ts';
import { keyJson } from './key.ts';
import { modelJson } from './model.ts';
import { createNotes, notInHtml } from './notes.ts';

/** The zone that naive dates and times of the body are in, as far as the page tells. */
export const zoneJson = ({ timeZone, utcOffsetMinutes }: PageFrame): JsonObject => ({
  time_zone: { name: timeZone, utc_offset_minutes_today: utcOffsetMinutes },
});

/** The version that a stale write is recognised by; pages drawn by hand have none. */
export const versionOf = (open: OpenForm): string | null =>
  open.pk === null || isByHand(open) ? null : versionOfGroups(groupsOf(open.page));

export const versionJson = (open: OpenForm): JsonObject => ({ version: versionOf(open) });

/** Without a link only a form that has a password at all leaves room for doubt: themes drop it. */
const passwordSupport = ({ passwordUrl, fields }: OpenForm['page']): boolean | null => {
  if (passwordUrl !== null) return true;
  return fields.some(({ name }) => name === 'password') ? null : false;
};

/** The whole object, as `retrieve` and `update` answer. */
export const objectJson = (open: OpenForm): JsonObject => {
  const { page, model, pk } = open;
  const notes = createNotes();
  const fields = shownFields(page);
  if (page.mode === 'view')
    notes.add('fields', 'this user may only view; values are text as the page shows it');
  if (page.objectLabel === null) notes.add('label', notInHtml);
  if (fields.some(({ type }) => type === 'datetime' || type === 'time'))
    notes.add('fields', 'dates with times are in the zone of the server, without microseconds');
  noteFileSizes(notes, page);
  notes.add('empty_value_display', notInHtml);
  notes.add('save_options.save_as_continue', notInHtml);
  const mayAdd = page.saveOptions.saveAndAddAnother || page.saveOptions.saveAsNew;
  if (!mayAdd) notes.add('permissions.add', 'only known from the button "Save and add another"');
  return {
    ...modelJson(model),
    pk: pk === null ? null : keyJson(pk),
    label: page.objectLabel ?? pk ?? '',
    permissions: {
      view: true,
      add: mayAdd ? true : null,
      change: page.mode !== 'view',
      delete: page.deleteUrl !== null,
    },
    save_options: saveOptionsJson(page),
    password_change: { supported: passwordSupport(page) },
    fieldsets: fieldsetsJson(page),
    fields: Object.fromEntries(fields.map((field) => [field.name, descriptorJson(field, false)])),
    inlines: page.inlines.map((inline) => inlineJson(inline)),
    view_on_site_url: page.viewOnSiteUrl,
    object_actions: page.actions.map(actionJson('detail')),
    custom_views: page.customLinks.map(customViewJson),
    empty_value_display: null,
    ...zoneJson(page.frame),
    ...versionJson(open),
    ...notes.json(),
  };
};
