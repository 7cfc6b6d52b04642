import type { JsonObject } from '../../operations/json.ts';
import type { DeletePage, DeletionNode } from '../pages/types/others.ts';
import { keyJson } from './key.ts';
import { modelJson } from './model.ts';
import { createNotes } from './notes.ts';

const nodeJson = ({ text, modelLabel, label, target, children }: DeletionNode): JsonObject => ({
  text,
  model: modelLabel,
  label,
  target: target === null ? null : { ...modelJson(target), pk: keyJson(target.pk) },
  ...(children.length === 0 ? {} : { children: children.map(nodeJson) }),
});

export const cascadeJson = ({ counts }: DeletePage): JsonObject[] | null =>
  counts?.map(({ label, count }) => ({ model: label, count })) ?? null;

/** What a confirmation page says would happen, and what forbids it. */
export const deletionJson = (page: DeletePage): JsonObject => {
  const notes = createNotes();
  if (page.counts === null) notes.add('cascade', 'the admin shows no summary here');
  if (page.truncated) notes.add('tree', 'the admin cut it; cascade counts everything');
  if (!page.canDelete && page.protectedObjects.length > 0)
    notes.add('perms_needed', 'the admin shows one reason at a time');
  return {
    cascade: cascadeJson(page),
    protected: [...page.protectedObjects],
    perms_needed: [...page.missingPermissions],
    can_delete: page.canDelete,
    tree: page.tree.map(nodeJson),
    ...notes.json(),
  };
};

/** The label of the object that is to go, from the root of the tree or the page's headings and links. */
export const deletionLabel = (page: DeletePage): string | null =>
  page.tree[0]?.label ?? page.frame.subheading ?? page.linkedLabel;
