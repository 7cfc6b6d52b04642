import { type Changed, type Conflict, conflict } from '../../operations/conflict.ts';
import type { OpenForm } from '../desk/open-form.ts';
import { Refused } from '../desk/refused.ts';
import { valueJson } from './field.ts';
import { inlineJson } from './inline.ts';
import { versionOf } from './object.ts';

/** One thing that changed, as it is now. */
const changedJson = ({ page }: OpenForm, name: string): Changed => {
  const inline = page.inlines.find(({ prefix }) => prefix === name);
  if (inline !== undefined)
    return { name, label: inline.label, now: inlineJson(inline)['rows'] ?? [] };
  const field = page.fields.find((each) => each.name === name);
  if (field === undefined) return { name, label: null };
  return { name, label: field.label, now: valueJson(field) };
};

/** The object as it is, and what of it is not as it was. */
export const conflictOf = (open: OpenForm, changed: readonly string[] | null): Conflict => ({
  version: versionOf(open),
  changed: changed?.map((name) => changedJson(open, name)) ?? null,
});

/** The refusal of a write that was made for an older state of the object. Nothing was sent. */
export const formConflict = (open: OpenForm, changed: readonly string[] | null): Refused =>
  new Refused(conflict(conflictOf(open, changed)));
