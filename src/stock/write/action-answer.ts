import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject, JsonValue } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import { deletionJson } from '../contract/deletion.ts';
import { genericFormJson, genericPageJson } from '../contract/generic.ts';
import { countIn, messagesJson, saidIn } from '../contract/message.ts';
import { createNotes } from '../contract/notes.ts';
import { sentFile } from '../contract/sent-file.ts';
import type { Desk } from '../desk/desk.ts';
import { messagesOf } from '../desk/drain.ts';
import { forbidden, notFound } from '../desk/refused.ts';
import { detailsOf, type Visit } from '../desk/visit.ts';
import { readDeletePage } from '../pages/delete-page.ts';
import { readGenericPage } from '../pages/generic-page.ts';
import type { GenericForm, GenericPage } from '../pages/types/others.ts';

/** What is known of an action before its answer is. */
export interface Ran {
  readonly action: string;
  readonly pks: readonly JsonValue[];
  /** How many objects were selected, where all that match were; null where the admin does not tell. */
  readonly matched?: number | null;
  /** Inputs of the call that were sent nowhere. */
  readonly unasked?: readonly string[];
}

/** The form that an action's page asks to be sent: the one that carries the action on. */
export const confirmationForm = (page: GenericPage): GenericForm | undefined => {
  const posts = page.forms.filter(({ method }) => method === 'post');
  return (
    posts.find(({ hidden }) =>
      hidden.some(({ name }) => name === '_selected_action' || name === 'action'),
    ) ?? posts[0]
  );
};

const headJson = ({ action, pks, matched }: Ran): JsonObject => ({
  action,
  pks: [...pks],
  ...(matched === undefined ? {} : { matched }),
});

/** The page between an action and its execution. Nothing is known to be done. */
export const confirmationAnswer = (ran: Ran, done: Visit): Answer => {
  const page = readGenericPage(done.response.text, done.address);
  const form = confirmationForm(page);
  const isDeletion = ran.action === 'delete_selected';
  const facts = isDeletion ? deletionJson(readDeletePage(done.response.text, done.address)) : {};
  const shown = genericPageJson(page);
  return {
    status: 200,
    body: {
      executed: false,
      confirmation_required: true,
      ...headJson(ran),
      messages: messagesJson(saidIn(done)),
      page: {
        title: shown['title'] ?? null,
        text: shown['text'] ?? '',
        inputs: form === undefined ? [] : (genericFormJson(form)['inputs'] ?? []),
        buttons: form === undefined ? [] : (genericFormJson(form)['buttons'] ?? []),
      },
      ...(isDeletion ? { confirmation: facts } : {}),
    },
  };
};

/** What can be doubted of an action that ran, as far as the admin's words tell. */
const doubts = (
  { matched, pks, unasked = [] }: Ran,
  done: Visit,
  isSilent: boolean,
): readonly JsonValue[] => {
  const { kind } = done.outcome;
  const notes = createNotes();
  if (kind === 'warned')
    notes.add('executed', 'the admin answered with warnings only; it may have changed nothing');
  else if (kind === 'done' && isSilent)
    notes.add('executed', 'the admin said nothing; whether anything was changed is not known');
  const count = countIn(saidIn(done));
  const selected = matched === undefined ? pks.length : matched;
  if (count !== undefined && selected !== null && count < selected)
    notes.add('executed', `the admin's message says ${count}, and ${selected} were selected`);
  if (unasked.length > 0)
    notes.add('inputs', `the action asked for none of these: ${unasked.join(', ')}`);
  return notes.json().notes ?? [];
};

/** Where a redirect goes; undefined when it only leads back to the list. */
const redirectJson = (desk: Desk, { outcome, address }: Visit): JsonObject => {
  if (!('location' in outcome)) return {};
  const bare = (path: string) => path.replace(/\?.*$/s, '');
  const isBack =
    bare(outcome.location) === bare(address.path) && outcome.location.startsWith(desk.adminPath);
  return isBack ? {} : { redirect: outcome.location };
};

/**
 * What an action's answer means.
 *
 * @throws GatewayError `unknown_outcome`; Refused 403, 404
 */
export const actionAnswer = async (desk: Desk, ran: Ran, done: Visit): Promise<Answer> => {
  const { outcome, response } = done;
  switch (outcome.kind) {
    case 'returned':
      return confirmationAnswer(ran, done);
    case 'file':
    case 'data':
      return {
        status: 200,
        body: { executed: true, ...headJson(ran), messages: messagesJson(saidIn(done)) },
        file: sentFile(outcome, response, `${ran.action}.txt`),
      };
    case 'done':
    case 'warned':
    case 'unclear':
    case 'away':
    case 'moved':
    case 'unknown_url': {
      const { messages, notes: unread = [] } = await messagesOf(desk, done);
      const redirect = redirectJson(desk, done);
      const isSilent = messages.length === 0 && !('redirect' in redirect);
      const notes = [...unread, ...doubts(ran, done, isSilent)];
      return {
        status: 200,
        body: {
          executed: true,
          ...headJson(ran),
          messages,
          ...(notes.length === 0 ? {} : { notes }),
          ...redirect,
        },
      };
    }
    case 'forbidden':
      throw forbidden();
    case 'not_found':
    case 'missing':
      throw notFound();
    default:
      throw new GatewayError('unknown_outcome', 'Whether the action ran cannot be told.', {
        hint: 'Look at the objects before trying again.',
        details: detailsOf(outcome),
      });
  }
};
