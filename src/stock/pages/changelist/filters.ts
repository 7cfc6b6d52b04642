import {
  attribute,
  closest,
  type HtmlElement,
  hasAttribute,
  hasClass,
} from '../../../html/element.ts';
import { firstWithin, type Page, tagged, within } from '../../../html/page.ts';
import { visibleText } from '../../../html/text.ts';
import type { Filter, FilterChoice } from '../types/changelist.ts';
import { queryOf } from '../url.ts';

interface RawChoice {
  readonly label: string;
  readonly query: string;
  readonly selected: boolean;
}

interface RawFilter {
  readonly title: string | null;
  readonly choices: readonly RawChoice[];
}

const queryText = (href: string): string => href.replace(/^[^?]*\??/, '').replace(/#.*$/, '');

/** Django 3.2 has the whole phrase only ("By status"); later versions the title as well. */
const titleNear = (
  element: HtmlElement,
  isHeading: (at: HtmlElement) => boolean,
): string | null => {
  const details = closest(element, (at) => hasAttribute(at, 'data-filter-title'));
  if (details !== undefined) return attribute(details, 'data-filter-title') ?? null;
  for (let at: HtmlElement | undefined = element; at?.parent !== undefined; at = at.parent) {
    const siblings: readonly (HtmlElement | string)[] = at.parent.children;
    const before = siblings.slice(0, siblings.indexOf(at)).reverse();
    const heading = before.find((each) => typeof each !== 'string' && isHeading(each));
    if (heading !== undefined && typeof heading !== 'string')
      return visibleText(heading).replace(/^By\s+/, '') || null;
  }
  return null;
};

const isHeading = ({ tag }: HtmlElement): boolean =>
  tag === 'h3' || tag === 'summary' || tag === 'label' || tag === 'h4';

/** Stock Django, baton, admin-interface, unfold: a list of links for each filter. */
const fromLists = (page: Page, container: HtmlElement): RawFilter[] =>
  within(page, container, (at) => at.tag === 'ul').map((list) => ({
    title: titleNear(list, isHeading),
    choices: within(page, list, (at) => at.tag === 'a').flatMap((link): RawChoice[] => {
      const href = attribute(link, 'href');
      if (href === undefined || !href.includes('?')) return [];
      const item = closest(link, (at) => at.tag === 'li');
      const selected = [item, link].some(
        (at) => at !== undefined && (hasClass(at, 'selected') || hasClass(at, 'grp-selected')),
      );
      return [{ label: visibleText(link), query: queryText(href), selected }];
    }),
  }));

/** grappelli and unfold: one select for each filter, whose options are the links. */
const fromQueryOptions = (page: Page): RawFilter[] =>
  tagged(page, 'select').flatMap((select): RawFilter[] => {
    const options = within(page, select, (at) => at.tag === 'option');
    if (!options.some((option) => attribute(option, 'value')?.startsWith('?'))) return [];
    const choices = options.map((option) => ({
      label: visibleText(option),
      query: queryText(attribute(option, 'value') ?? ''),
      selected: hasAttribute(option, 'selected'),
    }));
    return [{ title: titleNear(select, isHeading), choices }];
  });

/** jazzmin: `<option data-name="status__exact" value="d">`, and selects are submitted as a form. */
const fromNamedOptions = (page: Page): RawFilter[] =>
  tagged(page, 'select').flatMap((select): RawFilter[] => {
    const options = within(page, select, (at) => at.tag === 'option');
    if (!options.some((option) => hasAttribute(option, 'data-name'))) return [];
    // The first option is the title, the second one means "all".
    const [first, ...others] = options;
    const title = (first && visibleText(first)) || titleNear(select, isHeading);
    const choices = others.map((option) => {
      const name = attribute(option, 'data-name');
      const value = attribute(option, 'value') ?? '';
      return {
        label: visibleText(option),
        query: name ? new URLSearchParams([[name, value]]).toString() : '',
        selected: hasAttribute(option, 'selected'),
      };
    });
    return [{ title: title || null, choices }];
  });

/** Parameters in which the choices differ: those are the filter's own. */
const ownParameters = (queries: readonly URLSearchParams[]): string[] => {
  const names = new Set(queries.flatMap((query) => [...query.keys()]));
  return [...names].filter((name) => {
    const values = queries.map((query) => JSON.stringify(query.getAll(name)));
    return name !== 'p' && name !== '_facets' && values.some((value) => value !== values[0]);
  });
};

const lookups = /__(?:exact|isnull|isempty|gte|gt|lte|lt|in|contains|icontains|year|month|day)$/;

/** `category__id__exact` is the filter `category`; `released__gte` and `released__lt` are `released`. */
const contractName = (parameters: readonly string[], title: string | null): string => {
  const missing = parameters
    .find((name) => name.endsWith('__isnull'))
    ?.slice(0, -'__isnull'.length);
  const [first = title ?? ''] = parameters;
  const base = first.replace(lookups, '').replace(/__id$/, '');
  return missing !== undefined && base.startsWith(missing) ? missing : base;
};

const counted = /^(.*\S)\s*\((\d+|-)\)$/s;

const toFilter = (
  { title, choices }: RawFilter,
  current: URLSearchParams,
  withCounts: boolean,
): Filter => {
  const queries = choices.map((choice) => queryOf(`?${choice.query}`));
  const parameters = ownParameters(queries);
  const isMarked = choices.some((choice) => choice.selected);
  return {
    title,
    name: contractName(parameters, title),
    parameters,
    choices: choices.map(({ label, query, selected }, i): FilterChoice => {
      const own = parameters.flatMap((name) => {
        const value = queries[i]?.get(name);
        return value == null ? [] : [[name, value] as const];
      });
      const isCurrent = parameters.every(
        (name) => (queries[i]?.get(name) ?? null) === current.get(name),
      );
      const [, text, count] = (withCounts ? counted.exec(label) : null) ?? [];
      return {
        label: text ?? label,
        query,
        parameters: Object.fromEntries(own),
        selected: isMarked ? selected : isCurrent,
        count: count === undefined || count === '-' ? null : Number(count),
      };
    }),
  };
};

export const readFacets = (page: Page, current: URLSearchParams): 'shown' | 'offered' | null => {
  if (current.has('_facets')) return 'shown';
  const container = page.byId.get('changelist-filter-extra-actions');
  const link =
    container &&
    firstWithin(page, container, (at) => (attribute(at, 'href') ?? '').includes('_facets'));
  if (link !== undefined) return 'offered';
  return null;
};

/** All filters of a changelist, whatever a theme made of them (simpleui's are scripts and not read). */
export const readFilters = (
  page: Page,
  current: URLSearchParams,
  withCounts: boolean,
): Filter[] => {
  const container = page.byId.get('changelist-filter') ?? page.byId.get('grp-filters');
  const listed = container === undefined ? [] : fromLists(page, container);
  const raw = [...listed, ...fromQueryOptions(page), ...fromNamedOptions(page)];
  return raw
    .filter(({ choices }) => choices.length > 1)
    .map((each) => toFilter(each, current, withCounts))
    .filter(({ parameters }) => parameters.length > 0);
};
