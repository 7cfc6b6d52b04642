import { isEqual, isRecord, type Pair } from './observation.ts';

/** Objects whose keys are names of the site's own, so that they count as one key. */
const namedBySite = new Set(['fields', 'filters', 'prepopulated_fields', 'attrs']);
/** Compared as a whole: their content is not the contract's. */
const whole = new Set(['paths', 'components', 'data', 'change_message_structured']);

type Body = Readonly<Record<string, unknown>>;
type Origin = Pick<Pair, 'operation' | 'user' | 'call'>;

interface Place {
  readonly key: string;
  readonly type: string | null;
  readonly stockType: string | null;
  /** Types of the fields below, by name. */
  readonly types: Types;
}

interface Types {
  readonly rest: ReadonlyMap<string, string>;
  readonly stock: ReadonlyMap<string, string>;
}

const noTypes: Types = { rest: new Map(), stock: new Map() };

const text = (value: unknown): string => String(value).toLowerCase();

/** By what an item of a list is found again in the other list; its place where nothing tells. */
const identityOf = (item: unknown, index: number): string => {
  if (!isRecord(item)) return String(index);
  if ('real_app_label' in item) return `${item['real_app_label']}.${item['model_name']}`;
  if ('model' in item && 'count' in item) return text(item['model']);
  if ('rows' in item && 'label' in item) return text(item['label']); // inlines: names differ
  for (const key of ['url', 'pk', 'name', 'app_label', 'value'])
    if (key in item) return String(item[key]);
  if ('id' in item && 'label' in item) return String(item['id']);
  return String(index);
};

/** By place in both lists where one of them does not tell its items apart. */
const identities = (...both: readonly (readonly unknown[])[]): string[][] => {
  const found = both.map((list) => list.map(identityOf));
  const areUnique = found.every((ids) => new Set(ids).size === ids.length);
  return areUnique ? found : both.map((list) => list.map((_, index) => String(index)));
};

const lastOf = ({ key }: { readonly key: string }): string => key.split('.').at(-1) ?? '';

/** Lists of objects; others are compared as a whole. */
const asLists = (rest: unknown, stock: unknown): [unknown[], unknown[]] | undefined =>
  Array.isArray(rest) && Array.isArray(stock) && isRecord(rest[0] ?? stock[0])
    ? [rest, stock]
    : undefined;

const typesIn = (list: unknown): ReadonlyMap<string, string> =>
  new Map(
    (Array.isArray(list) ? list : []).flatMap((each) =>
      isRecord(each) && typeof each['type'] === 'string'
        ? [[String(each['name']), each['type']] as const]
        : [],
    ),
  );

const typeOf = (field: Body | undefined): string | null =>
  typeof field?.['type'] === 'string' ? field['type'] : null;

/** Lists of columns and of an inline's fields tell the types of the rows beside them. */
const typesBeside = { results: 'columns', rows: 'fields' } as const;

const below = (at: Place, key: string, rest: Body, stock: Body | undefined): Place => {
  const path = at.key === '' ? key : `${at.key}.${key}`;
  const kept = { ...at, key: path };
  if (key === 'results' || key === 'rows') {
    const beside = typesBeside[key];
    return { ...kept, types: { rest: typesIn(rest[beside]), stock: typesIn(stock?.[beside]) } };
  }
  const isValue = (key === 'value' || key === 'initial') && typeOf(rest) !== null;
  return isValue ? { ...kept, type: typeOf(rest), stockType: typeOf(stock) } : kept;
};

/** A field of a row, by its name. */
const named = (at: Place, name: string): Place => ({
  ...at,
  key: `${at.key}.*`,
  type: at.types.rest.get(name) ?? at.type,
  stockType: at.types.stock.get(name) ?? at.stockType,
});

/** Every value of the REST API's body beside what `stock` has there. */
export const pairsOf = (origin: Origin, restBody: unknown, stockBody: unknown): Pair[] => {
  const pairs: Pair[] = [];
  const leaf = (at: Place, rest: unknown, stock: unknown, list?: Pair['list']) => {
    const { key, type, stockType } = at;
    pairs.push({
      ...origin,
      key,
      type,
      stockType,
      rest,
      stock,
      ...(list === undefined ? {} : { list }),
    });
  };

  const lists = (at: Place, rest: readonly unknown[], stock: readonly unknown[]) => {
    const [ours = [], theirs = []] = identities(rest, stock);
    const common = ours.filter((id) => theirs.includes(id));
    leaf(at, rest, stock, {
      missing: ours.length - common.length,
      extra: theirs.length - common.length,
      isOrdered: isEqual(
        common,
        theirs.filter((id) => common.includes(id)),
      ),
    });
    for (const id of common)
      walk({ ...at, key: `${at.key}[]` }, rest[ours.indexOf(id)], stock[theirs.indexOf(id)]);
  };

  const walk = (at: Place, rest: unknown, stock: unknown): void => {
    const isWhole = whole.has(lastOf(at)) || at.type === 'json';
    const both = isWhole ? undefined : asLists(rest, stock);
    if (both !== undefined) lists(at, ...both);
    // Of an object that is not there at all, every key is missing.
    else if (!isWhole && isRecord(rest) && (isRecord(stock) || stock == null))
      inside(at, rest, stock ?? undefined);
    else leaf(at, rest, stock);
  };

  const inside = (at: Place, rest: Body, stock: Body | undefined): void => {
    const isNamedBySite = namedBySite.has(lastOf(at));
    for (const [key, value] of Object.entries(rest)) {
      const place = isNamedBySite ? named(at, key) : below(at, key, rest, stock);
      walk(place, value, stock?.[key]);
    }
  };

  walk({ key: '', type: null, stockType: null, types: noTypes }, restBody, stockBody);
  return pairs;
};

/** Paths that only the second body has. */
export const extraKeys = (rest: unknown, stock: unknown, key = ''): string[] => {
  if (Array.isArray(rest) && Array.isArray(stock))
    return rest.length === 0 || stock.length === 0 ? [] : extraKeys(rest[0], stock[0], `${key}[]`);
  if (!isRecord(rest) || !isRecord(stock)) return [];
  const last = lastOf({ key });
  if (whole.has(last)) return [];
  return Object.entries(stock).flatMap(([name, value]) => {
    const path = key === '' ? name : `${key}.${namedBySite.has(last) ? '*' : name}`;
    return name in rest ? extraKeys(rest[name], value, path) : namedBySite.has(last) ? [] : [path];
  });
};
