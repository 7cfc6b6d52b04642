import type { JsonObject, JsonValue } from '../../operations/json.ts';
import { messagesJson, saidIn, shownMessageJson } from '../contract/message.ts';
import { createNotes } from '../contract/notes.ts';
import { readFormPage } from '../pages/form-page.ts';
import type { Desk } from './desk.ts';
import { type Visit, visit } from './visit.ts';

/**
 * `messages` of a write, and a note where some are known to be missing.
 *
 * Where its answer has none in a cookie, the project may keep them in the session: the page
 * for the own password is the cheapest that every staff user may see, and showing them there
 * takes them out of the session. Those that did not fit the cookie are out of reach: Django
 * looks for them only when the cookie comes back, and it belongs to its answer alone.
 */
export const messagesOf = async (
  desk: Desk,
  done: Visit,
): Promise<{ readonly messages: JsonValue[]; readonly notes?: JsonValue[] }> => {
  const said = saidIn(done);
  const messages: JsonObject[] = messagesJson(said);
  if (said.complete) return { messages };
  const notes = createNotes();
  if (done.response.setCookies.has('messages')) {
    notes.add('messages', "some did not fit Django's cookie and were not read");
    return { messages, ...notes.json() };
  }
  try {
    const seen = await visit(desk, desk.at.ownPassword, true);
    if (seen.outcome.kind !== 'page') return { messages };
    const shown = readFormPage(seen.response.text, seen.address).frame.messages;
    return { messages: [...messages, ...shown.map(shownMessageJson)] };
  } catch {
    // What was done is done; that nothing is known of its messages must not hide it.
    return { messages };
  }
};
