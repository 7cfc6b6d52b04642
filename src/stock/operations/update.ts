import type { Answer } from '../../operations/upstream.ts';
import { objectJson } from '../contract/object.ts';
import type { Desk } from '../desk/desk.ts';
import { answerAfter } from '../write/after-update.ts';
import { givenVersion } from '../write/check-version.ts';
import { hazardRefusal, hazardsJson } from '../write/hazard-refusal.ts';
import { planOf } from '../write/plan-save.ts';
import { postForm, throwRefusal } from '../write/post-form.ts';
import { type PreparedUpdate, prepareUpdate, type UpdateInput } from '../write/prepare-update.ts';
import { saveInList } from '../write/update-in-list.ts';

const planned = ({ open, filled, way, button, isCustom }: PreparedUpdate): Answer =>
  planOf({
    open,
    filled,
    pressed: isCustom ? button.name : undefined,
    refused: way.kind === 'refused' ? hazardsJson(way.hazards) : {},
    inList: way.kind === 'list',
  });

/** Saves what was worked out, and answers with the object as it is then. */
const save = async (desk: Desk, prepared: PreparedUpdate, input: UpdateInput): Promise<Answer> => {
  const { open, object, filled, button, way } = prepared;
  if (way.kind === 'nothing')
    return { status: 200, body: { ...objectJson(open), messages: [], unchanged: true } };
  if (way.kind === 'refused') throw hazardRefusal(way.hazards);
  if (way.kind === 'list') {
    const done = await saveInList(desk, object, way.ready);
    return answerAfter(desk, prepared, input.query, done);
  }
  const done = await postForm(desk, open, filled, button);
  throwRefusal(open, done);
  return answerAfter(desk, prepared, input.query, done);
};

/**
 * Three requests: the form, its post, and the object afterwards; more in between where the
 * form has times or blank texts, to make sure that posting them back changes none of them.
 */
export const update = async (input: UpdateInput, desk: Desk): Promise<Answer> => {
  const version = givenVersion(input.version);
  return desk.caller.exclusive(async () => {
    const prepared = await prepareUpdate(desk, input, version);
    return input.dry_run === true ? planned(prepared) : save(desk, prepared, input);
  });
};
