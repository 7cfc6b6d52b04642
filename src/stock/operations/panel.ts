import type { Input } from '../../operations/catalogue.ts';
import { parseJsonExactly } from '../../operations/json-exact.ts';
import type { Answer } from '../../operations/upstream.ts';
import { genericPageJson } from '../contract/generic.ts';
import { objectOf } from '../contract/model.ts';
import { sentFile } from '../contract/sent-file.ts';
import type { Desk } from '../desk/desk.ts';
import { notFound } from '../desk/refused.ts';
import { htmlOf, refusalOf, visit } from '../desk/visit.ts';
import { readGenericPage } from '../pages/generic-page.ts';

/** Pages of an object that have operations of their own. */
const stockPages = new Set(['change', 'delete', 'history', 'password', 'add']);

/** One request: a page of the project's own below the object. What it links to is not read. */
export const panel = async (input: Input<'panel'>, desk: Desk): Promise<Answer> => {
  if (stockPages.has(input.panel_name))
    throw notFound(`"${input.panel_name}" is a page of Django's own; it has a tool.`);
  const path = desk.at.custom(objectOf(input), input.panel_name);
  const seen = await visit(desk, path);
  const refusal = refusalOf(seen);
  if (refusal !== undefined) throw refusal;
  const { outcome, response } = seen;
  const head = { panel: input.panel_name, url: path };
  if (outcome.kind === 'file' || outcome.kind === 'data') {
    const data = outcome.kind === 'data' ? parseJsonExactly(response.text) : undefined;
    if (data !== undefined) return { status: 200, body: { ...head, data } };
    const file = sentFile(outcome, response, `${input.panel_name}.txt`);
    return { status: 200, body: { ...head, data: null }, file };
  }
  const page = readGenericPage(htmlOf(seen), seen.address);
  return { status: 200, body: { ...head, data: genericPageJson(page) } };
};
