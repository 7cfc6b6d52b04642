import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  objectsIn,
} from '../../../operations/json.ts';
import { valueText } from '../../value-text.ts';
import { bodyOf, errorIn } from './body.ts';
import { button, element, say, show, toolNamed } from './dom.ts';
import { connect } from './host.ts';

/** The arguments of `list` that the rows shown were asked for with. */
let asked: JsonObject = {};
/** Calls so far: an answer that comes after a later call is not shown. */
let lastCall = 0;

const numberIn = (value: JsonValue | undefined): number => (typeof value === 'number' ? value : 1);

const orderingOf = ({ applied }: JsonObject): string =>
  isJsonObject(applied) && typeof applied['ordering'] === 'string' ? applied['ordering'] : '';

const ask = async (change: JsonObject): Promise<void> => {
  const wanted = { ...asked, ...change, view: 'full' };
  lastCall += 1;
  const call = lastCall;
  say('Loading …');
  const result = await (await host).callTool(toolNamed('list'), wanted);
  if (call !== lastCall) return;
  const body = bodyOf(result);
  const error = errorIn(body);
  if (error !== undefined) {
    say(error);
    return;
  }
  asked = wanted;
  draw(body);
};

/** For handlers: whatever goes wrong is said. */
const run = (change: JsonObject) => (): void => {
  ask(change).catch((error: Error) => say(error.message));
};

const headCell = (column: JsonObject, ordering: string): HTMLElement => {
  const name = String(column['name']);
  const label = valueText(column['label'] ?? name);
  if (column['sortable'] !== true) return element('th', { scope: 'col' }, label);
  const by = ordering.split(',', 1)[0] ?? '';
  const sort = by === name ? 'ascending' : by === `-${name}` ? 'descending' : 'none';
  const next = sort === 'ascending' ? `-${name}` : name;
  return element(
    'th',
    { scope: 'col', ariaSort: sort },
    button(label, run({ ordering: next, page: 1 })),
  );
};

const tableOf = (body: JsonObject): HTMLElement => {
  const columns = objectsIn(body['columns']);
  const ordering = orderingOf(body);
  const head = columns.map((column) => headCell(column, ordering));
  const rows = objectsIn(body['results']).map(({ fields }) => {
    const cells = isJsonObject(fields) ? fields : {};
    const texts = columns.map(({ name }) => valueText(cells[String(name)]));
    return element('tr', {}, ...texts.map((text) => element('td', {}, text)));
  });
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  );
};

const searchOf = (body: JsonObject): readonly Node[] => {
  const fields = body['search_fields'];
  if (Array.isArray(fields) && fields.length === 0) return [];
  const text = element('input', {
    type: 'search',
    name: 'search',
    ariaLabel: 'Search',
    value: typeof asked['search'] === 'string' ? asked['search'] : '',
  });
  const look = (): void => run({ search: text.value, page: 1 })();
  // No form: a sandbox without `allow-forms` fires no submit event (HTML, "form submission").
  text.onkeydown = ({ key }) => {
    if (key === 'Enter') look();
  };
  return [element('div', { className: 'search', role: 'search' }, text, button('Search', look))];
};

const pagesOf = (body: JsonObject): HTMLElement => {
  const page = numberIn(body['page']);
  const pages = numberIn(body['num_pages']);
  return element(
    'nav',
    { ariaLabel: 'Pages' },
    button('Previous', run({ page: page - 1 }), { disabled: page <= 1 }),
    element('span', {}, `Page ${page} of ${pages}`),
    button('Next', run({ page: page + 1 }), { disabled: page >= pages }),
  );
};

const draw = (body: JsonObject): void => {
  const total = body['total'];
  const name = valueText(body['verbose_name_plural'] ?? body['model_name']);
  show(
    element('h1', {}, typeof total === 'number' ? `${name} (${total})` : name),
    ...searchOf(body),
    tableOf(body),
    pagesOf(body),
  );
  const [cut] = objectsIn(body['truncated']);
  say(cut === undefined ? '' : 'The answer was cut to size: some rows are not shown.');
};

const host = connect('changelist', {
  input: (given) => {
    asked = given as JsonObject;
  },
  // The model's answer may be cut and leaves out what only a page needs: this one asks anew.
  result: (result) => {
    const error = errorIn(bodyOf(result));
    if (error === undefined) run({})();
    else say(error);
  },
});
host.catch((error: Error) => say(error.message));
