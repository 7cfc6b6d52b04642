import type { JsonObject } from '../../operations/json.ts';
import { messagesJson, type Said, saidIn, shownMessageJson } from '../contract/message.ts';
import { readFormPage } from '../pages/form-page.ts';
import type { Desk } from './desk.ts';
import { type Visit, visit } from './visit.ts';

/**
 * Messages of a write. Where its answer has none in a cookie, the project keeps them in the
 * session (or there were too many): the page for the own password is the cheapest that every
 * staff user may see, and showing them there takes them out of the session.
 */
export const messagesOf = async (desk: Desk, done: Visit): Promise<JsonObject[]> => {
  const said: Said = saidIn(done);
  if (said.complete) return messagesJson(said);
  try {
    const seen = await visit(desk, desk.at.ownPassword, true);
    if (seen.outcome.kind !== 'page') return messagesJson(said);
    const shown = readFormPage(seen.response.text, seen.address).frame.messages;
    return [...messagesJson(said), ...shown.map(shownMessageJson)];
  } catch {
    // What was done is done; that nothing is known of its messages must not hide it.
    return messagesJson(said);
  }
};
