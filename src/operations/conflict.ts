import type { JsonValue } from './json.ts';
import { type Answer, refusal } from './upstream.ts';

/** A field or an inline that is not as the caller read it; `now` is missing where it is not shown. */
export interface Changed {
  readonly [key: string]: JsonValue;
  readonly name: string;
  readonly label: string | null;
}

/** One object as it is; `changed` is null where it cannot be told what changed. */
export interface Conflict {
  readonly version: string | null;
  readonly changed: readonly Changed[] | null;
}

const hint = 'Look at what changed, and call again with the new version if it still holds.';

const bodyOf = ({ version, changed }: Conflict): { version: JsonValue; changed: JsonValue } => ({
  version,
  changed: changed === null ? null : [...changed],
});

/** The answer to a write that was made for an older state of its object. */
export const conflict = (current: Conflict): Answer => {
  const message = 'The object is not as it was when that version was read; nothing was changed.';
  const { status, body } = refusal(409, 'conflict', message, { hint });
  return { status, body: { ...body, ...bodyOf(current) } };
};

/** The same for a write to many objects, of which these are not as they were. */
export const conflicts = (stale: readonly (Conflict & { readonly pk: string })[]): Answer => {
  const message = `${stale.length} objects are not as they were when their versions were read; nothing was changed.`;
  const { status, body } = refusal(409, 'conflict', message, { hint });
  return {
    status,
    body: { ...body, conflicts: stale.map((each) => ({ pk: each.pk, ...bodyOf(each) })) },
  };
};
