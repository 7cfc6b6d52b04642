import type { Input } from '../../operations/catalogue.ts';
import { isJsonObject, type JsonObject } from '../../operations/json.ts';
import { parseJsonExactly } from '../../operations/json-exact.ts';
import type { Answer } from '../../operations/upstream.ts';
import { keyJson } from '../contract/key.ts';
import { modelOf } from '../contract/model.ts';
import { createNotes } from '../contract/notes.ts';
import { queryText } from '../desk/addresses.ts';
import type { Desk } from '../desk/desk.ts';
import { badRequest } from '../desk/refused.ts';
import { refusalOf, visit } from '../desk/visit.ts';
import { readWindow } from '../list/native-pages.ts';
import type { AutocompleteSource } from '../pages/types/field.ts';
import type { ModelRef } from '../pages/types/shared.ts';

const defaultPageSize = 20;
/** `AutocompleteJsonView.paginate_by`, the same from 3.2 to 6.1. */
const nativePageSize = 20;

interface Found {
  readonly id: string;
  readonly label: string;
}

interface Page {
  readonly results: readonly Found[];
  readonly more: boolean;
}

/** The log has a foreign key to whatever the user model is, without limits: a source for `auth.user`. */
const userSource: AutocompleteSource = {
  appLabel: 'admin',
  modelName: 'logentry',
  fieldName: 'user',
};

const sourceOf = (desk: Desk, model: ModelRef): AutocompleteSource | undefined =>
  model.appLabel === 'auth' && model.modelName === 'user'
    ? userSource
    : desk.memory.sources.get(desk.shapeKey(model));

const parsePage = (text: string): Page | undefined => {
  const body = parseJsonExactly(text);
  if (!isJsonObject(body) || !Array.isArray(body['results'])) return undefined;
  const { pagination } = body;
  return {
    results: body['results'].flatMap((each) =>
      isJsonObject(each) ? { id: String(each['id']), label: String(each['text']) } : [],
    ),
    more: isJsonObject(pagination) && pagination['more'] === true,
  };
};

/** The admin's own look-up; undefined where it will not answer for this source. */
const askSource = async (
  desk: Desk,
  source: AutocompleteSource,
  term: string,
  page: number,
): Promise<Page | undefined> => {
  const query = {
    app_label: source.appLabel,
    model_name: source.modelName,
    field_name: source.fieldName,
    term,
    page,
  };
  const seen = await visit(desk, `${desk.at.autocomplete}${queryText(query)}`);
  if (seen.outcome.kind === 'missing' && page > 1) return { results: [], more: false };
  return refusalOf(seen) === undefined && seen.outcome.kind === 'data'
    ? parsePage(seen.response.text)
    : undefined;
};

/** Results `start` to `end` of a look-up whose pages have a size of their own. */
const bySource = async (
  desk: Desk,
  source: AutocompleteSource,
  term: string,
  start: number,
  end: number,
): Promise<Page | undefined> => {
  const from = Math.floor(start / nativePageSize);
  const results: Found[] = [];
  for (let index = from; ; index += 1) {
    const page = await askSource(desk, source, term, index + 1);
    if (page === undefined) return undefined;
    results.push(...page.results);
    const reached = from * nativePageSize + results.length;
    if (!page.more || reached >= end)
      return {
        results: results.slice(start - from * nativePageSize, end - from * nativePageSize),
        more: page.more || reached > end,
      };
  }
};

/** The target's own list as a popup: raw keys, and the text of the column that people click. */
const byList = async (
  desk: Desk,
  model: ModelRef,
  term: string,
  page: number,
  pageSize: number,
): Promise<Page> => {
  const query = new URLSearchParams(term === '' ? { _popup: '1' } : { q: term, _popup: '1' });
  const known = desk.memory.lists.get(desk.shapeKey(model))?.pageSize ?? null;
  const refuse = () => badRequest('The admin refused the query.');
  const window = { page, pageSize };
  const { list, rows, total } = await readWindow(desk, model, query, window, known, refuse);
  if (list.search === null)
    throw badRequest(
      'The target admin does not declare search_fields; autocomplete is not available.',
    );
  const results = rows.flatMap(({ pk, cells }) => {
    const own =
      cells.find(({ column }) => column === '__str__') ?? cells.find(({ link }) => link !== null);
    const label = own?.text || cells.find(({ text }) => text !== '')?.text || pk;
    return pk === null || label === null ? [] : { id: pk, label };
  });
  return { results, more: total === null ? rows.length === pageSize : page * pageSize < total };
};

/** One request: the admin's look-up where a field leads to it, else the model's list. */
export const autocomplete = async (input: Input<'autocomplete'>, desk: Desk): Promise<Answer> => {
  const model = modelOf(input);
  const term = input.q ?? '';
  const page = input.page ?? 1;
  const pageSize = input.page_size ?? defaultPageSize;
  const source = sourceOf(desk, model);
  const start = (page - 1) * pageSize;
  const asked =
    source === undefined ? undefined : await bySource(desk, source, term, start, start + pageSize);
  // A field may be limited to some of the objects: "none" is only true of the list.
  const isSure =
    asked !== undefined && (asked.results.length > 0 || source === userSource || page > 1);
  const found = isSure ? asked : await byList(desk, model, term, page, pageSize);
  const notes = createNotes();
  if (!isSure) notes.add('results.label', "from the model's list, not its str()");
  else if (source !== userSource)
    notes.add(
      'results',
      `by ${source?.appLabel}.${source?.modelName}.${source?.fieldName}, with its limits if it has any`,
    );
  const body: JsonObject = {
    results: found.results.map(({ id, label }) => ({ id: keyJson(id), label })),
    pagination: { page, page_size: pageSize, has_more: found.more },
    ...notes.json(),
  };
  return { status: 200, body };
};
