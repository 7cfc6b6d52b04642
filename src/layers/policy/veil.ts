import type { JsonObject } from '../../operations/json.ts';
import { hiddenInInline, hidesField, type ModelRef, servesInline } from './models.ts';
import type { Rules } from './rules.ts';

/** What is hidden of one model, or of one inline. */
export interface Veil {
  /**
   * Whether a name leads to a hidden field: the field's own, that of its column in the
   * database (`manager_id`), a look-up on it (`salary__gte`), or one through relations.
   */
  readonly hides: (name: string) => boolean;
  /** What is hidden of an inline; `undefined` where all of it is. */
  readonly inline: (inline: JsonObject) => Veil | undefined;
}

/** The parts of a look-up after the field that are no field of another model. */
const lookups = new Set(
  'exact iexact contains icontains in gt gte lt lte startswith istartswith endswith iendswith range date year iso_year month week day week_day iso_week_day quarter time hour minute second isnull isempty regex iregex id pk'.split(
    ' ',
  ),
);

/**
 * Where a relation leads is not told, so what comes after the first part of a look-up is
 * compared with the fields that are hidden anywhere.
 */
const hidesBeyond =
  ({ hidden }: Rules) =>
  (part: string): boolean =>
    hidden.some((glob) => (glob.isWholeModel ? !lookups.has(part) : glob.field(part)));

const pathHider =
  (rules: Rules, hidesOwn: (field: string) => boolean): Veil['hides'] =>
  (name) => {
    // `search_fields` may start with a sign: "=barcode".
    const [first = '', ...further] = name.replace(/^[-=^@]/, '').split('__');
    const hidesColumn = (hides: (part: string) => boolean) => (part: string) =>
      hides(part) || (part.endsWith('_id') && hides(part.slice(0, -3)));
    return hidesColumn(hidesOwn)(first) || further.some(hidesColumn(hidesBeyond(rules)));
  };

const noInlines: Veil['inline'] = () => undefined;

/** Inlines of the object at hand, which tell their models; the REST API gives several one name. */
export type KnownInlines = readonly JsonObject[];

const alike = (inline: JsonObject, { name, label }: JsonObject): boolean =>
  inline['name'] === name &&
  (typeof label !== 'string' || String(inline['label']).toLowerCase() === label.toLowerCase());

export const veilOf = (rules: Rules, model: ModelRef, known: KnownInlines = []): Veil => ({
  hides: pathHider(rules, (field) => hidesField(rules, model, field)),
  inline: (given) => {
    const same = 'child' in given ? [] : known.filter((inline) => alike(inline, given));
    const meant = same.length === 0 ? [given] : same;
    if (!meant.every((inline) => servesInline(rules, model, inline))) return undefined;
    const hiders = meant.map((inline) => hiddenInInline(rules, model, inline));
    const hides = pathHider(rules, (field) => hiders.some((hidesOne) => hidesOne(field)));
    return { hides, inline: noInlines };
  },
});
