import { GatewayError } from '../../operations/errors.ts';
import { isJsonObject, type JsonObject } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import { type Governed, refuseAll, runWithin } from './call.ts';
import { deleteCheck, refuseAcross, refuseBeyond } from './deletes.ts';
import { refuseHidden, refuseHiddenOnList, refuseHiddenRows } from './given.ts';
import { servedHistory } from './history.ts';
import { restrictsModels } from './rules.ts';
import { stripped, strippedError } from './strip.ts';
import { type KnownInlines, type Veil, veilOf } from './veil.ts';

/** The inlines of the form that a write is about, by name. */
const inlinesAt = async ({ input, model, aside }: Governed): Promise<Answer> => {
  const { pk, query } = input;
  if (typeof pk === 'string') return aside('retrieve', { ...model, pk });
  return aside('add_form', { ...model, ...(isJsonObject(query) ? { query: query as never } : {}) });
};

const inlinesIn = ({ body }: Answer): KnownInlines =>
  (Array.isArray(body['inlines']) ? body['inlines'] : []).filter(isJsonObject);

const refuseRows = async (call: Governed): Promise<{ refused?: Answer; known: KnownInlines }> => {
  const { rules, model, input } = call;
  const data = isJsonObject(input['data']) ? input['data'] : {};
  const given = isJsonObject(data['inlines']) ? data['inlines'] : {};
  if (Object.keys(given).length === 0) return { known: [] };
  const form = await inlinesAt(call);
  if (form.status >= 400) return { refused: form, known: [] };
  const known = inlinesIn(form);
  const refused = refuseHiddenRows(given, veilOf(rules, model, known));
  return refused === undefined ? { known } : { refused, known };
};

/**
 * A conflict names inlines and shows their rows, and does not tell their models. What came of
 * a write is never lost to a reading that fails: inlines are then known by their names.
 */
const inlinesOfConflict = async (
  call: Governed,
  { status, body }: Answer,
): Promise<KnownInlines> => {
  if (status !== 409 || !('changed' in body || 'conflicts' in body)) return [];
  const [first] = Array.isArray(body['conflicts']) ? body['conflicts'] : [];
  const pk = isJsonObject(first) ? first['pk'] : call.input['pk'];
  if (pk === undefined || pk === null) return [];
  const form = call.aside('retrieve', { ...call.model, pk: String(pk) });
  return form.then(inlinesIn).catch(() => []);
};

const refuseDelete = async (call: Governed): Promise<Answer | undefined> => {
  const { rules, name, input, model, aside } = call;
  if (!restrictsModels(rules)) return undefined;
  if (name === 'destroy') return refuseBeyond(rules, model, [String(input['pk'])], aside);
  if (name !== 'action' || input['action_name'] !== 'delete_selected') return undefined;
  if (input['across'] !== undefined) return refuseAcross();
  return refuseBeyond(rules, model, input['pks'] as readonly string[], aside);
};

/** What is left of an answer that is about one model. */
const servedAnswer = async (call: Governed, answer: Answer, veil: Veil): Promise<Answer> => {
  const { rules, name, input, model, aside } = call;
  if (answer.status !== 200) return answer;
  const pk = String(input['pk']);
  if (name === 'delete_preview' && restrictsModels(rules))
    await deleteCheck(rules, model, aside).preview(pk, answer.body);
  if (name === 'list')
    return refuseHiddenOnList(input['filters'] as JsonObject, answer.body, veil) ?? answer;
  if (name !== 'history') return answer;
  // Without the object no message can be judged, and all of them are left out.
  const object = await aside('retrieve', { ...model, pk }).catch(() => undefined);
  const shown = object?.status === 200 ? object.body : undefined;
  return { ...answer, body: servedHistory(answer.body, shown, veil) };
};

const withoutNames = (error: unknown, veil: Veil): unknown => {
  if (!(error instanceof GatewayError) || error.details === undefined) return error;
  const { reason, message, hint, details, cause } = error;
  return new GatewayError(reason, message, {
    cause,
    details: strippedError(details, veil),
    ...(hint === undefined ? {} : { hint }),
  });
};

/**
 * A call about a model of which, or of whose neighbours, not everything is served. What is
 * refused is refused before anything is sent that could write.
 */
export const governPart = async (call: Governed): Promise<Answer> => {
  const { rules, name, input, model } = call;
  const refused = refuseHidden(name, input, veilOf(rules, model));
  if (refused !== undefined) return refused;
  const { refused: rows, known } = await refuseRows(call);
  if (rows !== undefined) return rows;
  const veil = veilOf(rules, model, known);
  try {
    const no = (await refuseAll(call, veil)) ?? (await refuseDelete(call));
    const answer = no ?? (await servedAnswer(call, await runWithin(call), veil));
    const told = [...inlinesIn(answer), ...(await inlinesOfConflict(call, answer))];
    const seen = veilOf(rules, model, [...known, ...told]);
    return { ...answer, body: stripped(answer.body, seen) };
  } catch (error) {
    throw withoutNames(error, veil);
  }
};
