import type { JsonObject, JsonValue } from '../operations/json.ts';
import { digestOfVersions, maxPlanned } from '../operations/plan.ts';
import type { Answer } from '../operations/upstream.ts';
import type { ModelRef } from './refs.ts';

/** The package tells types, lengths and choices; validators and `clean` run with the save only. */
export const errorsNote = (key: string): string =>
  `${key}: what the form itself tells; the admin checks more when it saves`;

/** The answer to a dry run, for which nothing was sent but reads. */
export const planned = ({ app_label, model_name }: ModelRef, plan: JsonObject): Answer => ({
  status: 200,
  body: { dry_run: true, app_label, model_name, ...plan },
});

/** An object that a call on many is about. */
export interface PlannedObject {
  readonly [key: string]: JsonValue;
  readonly version: string | null;
}

/** The objects of a plan: the first ones of many, and a digest of all. */
export const plannedObjects = (objects: readonly PlannedObject[], notes: readonly string[]) => {
  const all = objects.length > maxPlanned ? [...notes, `objects: the first ${maxPlanned}`] : notes;
  return {
    objects: objects.slice(0, maxPlanned),
    digest: digestOfVersions(objects.map(({ version }) => version ?? '')),
    ...(all.length === 0 ? {} : { notes: [...all] }),
  };
};
