import type { Input } from '../../operations/catalogue.ts';
import { GatewayError } from '../../operations/errors.ts';
import type { Answer } from '../../operations/upstream.ts';
import { keyJson } from '../contract/key.ts';
import { modelJson } from '../contract/model.ts';
import { createNotes, notInHtml } from '../contract/notes.ts';
import type { Desk } from '../desk/desk.ts';
import { readHtml } from '../desk/visit.ts';
import { readIndexPage } from '../pages/index-page.ts';

/** Django's index shows this many. */
const maxShown = 10;

/** One request: the index. */
export const recentActions = async (
  input: Input<'recent_actions'>,
  desk: Desk,
): Promise<Answer> => {
  const page = await readHtml(desk, desk.at.index, readIndexPage);
  if (!page.showsRecentActions)
    throw new GatewayError('unsupported', 'The index of this admin shows no recent actions.', {
      hint: 'Its theme or project has taken them away; history tells the log of one object.',
    });
  const limit = input.limit ?? maxShown;
  const notes = createNotes();
  for (const key of ['actions.id', 'actions.action_time']) notes.add(key, notInHtml);
  if (limit > maxShown) notes.add('actions', `the index shows the last ${maxShown}`);
  return {
    status: 200,
    body: {
      actions: page.recentActions.slice(0, limit).map(({ action, label, modelLabel, target }) => ({
        id: null,
        action: action ?? 'unknown',
        action_time: null,
        object_repr: label,
        model_label: modelLabel,
        target: target === null ? null : { ...modelJson(target), pk: keyJson(target.pk) },
      })),
      ...notes.json(),
    },
  };
};
