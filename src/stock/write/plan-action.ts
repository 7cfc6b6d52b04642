import type { JsonObject } from '../../operations/json.ts';
import { mapLimited } from '../../operations/map-limited.ts';
import { maxPlanned } from '../../operations/plan.ts';
import type { Answer } from '../../operations/upstream.ts';
import { keyJson } from '../contract/key.ts';
import { modelJson } from '../contract/model.ts';
import { createNotes, type Notes } from '../contract/notes.ts';
import type { Desk } from '../desk/desk.ts';
import { partsOf, type Selection } from '../desk/selection.ts';
import { readHtml } from '../desk/visit.ts';
import { rowLabel } from '../list/row-label.ts';
import { readDeletePage } from '../pages/delete-page.ts';
import type { DeletePage } from '../pages/types/others.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { digestOf, rowJson } from './plan-rows.ts';

/** Most objects whose own delete pages are read for a plan; each is a request. */
const maxDeletePages = 10;

const summed = (pages: readonly DeletePage[]): JsonObject[] | null => {
  const counts = new Map<string, number>();
  for (const page of pages) {
    if (page.counts === null) return null;
    for (const { label, count } of page.counts) counts.set(label, (counts.get(label) ?? 0) + count);
  }
  return [...counts].map(([model, count]) => ({ model, count }));
};

/** Whether all may be deleted; null where those that were looked at may, and there are more. */
const mayDelete = (pages: readonly DeletePage[], isAll: boolean): boolean | null => {
  if (pages.some(({ canDelete }) => !canDelete)) return false;
  return isAll ? true : null;
};

/**
 * What would go with the objects. The page that the admin asks with is the answer to a post, so
 * the objects' own delete pages are read instead.
 */
const cascadeOf = async (
  desk: Desk,
  model: ModelRef,
  { rows, matched }: Selection,
  notes: Notes,
): Promise<JsonObject> => {
  const some = [...rows.keys()].slice(0, maxDeletePages);
  const pages = await mapLimited(some, (pk) =>
    readHtml(desk, desk.at.remove({ ...model, pk }), readDeletePage),
  );
  const isAll = matched === some.length;
  if (!isAll) notes.add('cascade', `of the first ${some.length} objects`);
  if (some.length > 1) notes.add('cascade', 'what goes with several objects is counted with each');
  return {
    cascade: summed(pages),
    protected: [...new Set(pages.flatMap(({ protectedObjects }) => protectedObjects))],
    perms_needed: [...new Set(pages.flatMap(({ missingPermissions }) => missingPermissions))],
    can_delete: mayDelete(pages, isAll),
  };
};

/** What an action would be run on. Nothing was sent but readings, and never the action. */
export const planOfAction = async (
  desk: Desk,
  model: ModelRef,
  selection: Selection,
  name: string,
): Promise<Answer> => {
  const { rows, across, matched } = selection;
  const isDeletion = name === 'delete_selected';
  const notes = createNotes();
  const facts = isDeletion ? await cascadeOf(desk, model, selection, notes) : {};
  if (!isDeletion) notes.add('asks_first', 'only running an action tells what it does');
  if (matched === null || matched > Math.min(rows.size, maxPlanned))
    notes.add('objects', 'the first of them');
  const parts = partsOf(selection).length;
  if (parts > 1) notes.add('objects', `would be sent in ${parts} forms`);
  return {
    status: 200,
    body: {
      dry_run: true,
      ...modelJson(model),
      action: name,
      matched,
      asks_first: isDeletion ? true : null,
      // Everything that matches cannot be held to versions, so that none are told.
      objects: [...rows]
        .slice(0, maxPlanned)
        .map(([pk, row]) =>
          across === null ? rowJson(pk, row) : { pk: keyJson(pk), label: rowLabel(row) },
        ),
      digest: digestOf([...rows.values()]),
      ...facts,
      ...notes.json(),
    },
  };
};
