import { attribute, closest, type HtmlElement, hasClass } from '../../../html/element.ts';
import { firstWithin, type Page, within } from '../../../html/page.ts';
import { visibleText } from '../../../html/text.ts';
import type { AutocompleteSource, Relation } from '../types/field.ts';
import type { PageAddress } from '../types/shared.ts';
import { adminTarget, queryOf, resolveHref } from '../url.ts';
import type { ScopedField } from './scope.ts';

export const relationWrapper = ({ group }: ScopedField): HtmlElement | undefined => {
  const [first] = group.controls;
  return first && closest(first.element, (at) => hasClass(at, 'related-widget-wrapper'));
};

const targetOf = (address: PageAddress, href: string): Relation | undefined => {
  const resolved = resolveHref(address, href.replaceAll('__fk__', '0'));
  const target = resolved === undefined ? undefined : adminTarget(address.adminPath, resolved);
  if (target === undefined || !('modelName' in target)) return undefined;
  const toField = href.includes('_to_field') ? queryOf(href).get('_to_field') : null;
  const { appLabel, modelName } = target;
  return { appLabel, modelName, toField: toField === 'id' ? null : toField };
};

const linkHref = (element: HtmlElement): string | undefined =>
  attribute(element, 'data-href-template') ?? attribute(element, 'href');

/**
 * What a relation points at, from the add, change and view links beside its control or from
 * the lookup of a raw id. Unknown where the user may do nothing with the target, or where it
 * is not registered.
 */
export const readRelation = (
  page: Page,
  address: PageAddress,
  field: ScopedField,
): Relation | null => {
  const wrapper = relationWrapper(field);
  const controlName = field.group.controlName ?? '';
  const lookup = page.byId.get(`lookup_id_${controlName}`);
  const links = wrapper === undefined ? [] : within(page, wrapper, (at) => at.tag === 'a');
  for (const link of lookup === undefined ? links : [lookup, ...links]) {
    const href = linkHref(link);
    const relation = href === undefined ? undefined : targetOf(address, href);
    if (relation !== undefined) return relation;
  }
  return null;
};

/** What the autocomplete endpoint must be asked for this field's choices. */
export const readAutocomplete = ({ group }: ScopedField): AutocompleteSource | null => {
  const element = group.controls[0]?.element;
  if (element === undefined || !hasClass(element, 'admin-autocomplete')) return null;
  const appLabel = attribute(element, 'data-app-label');
  const modelName = attribute(element, 'data-model-name');
  const fieldName = attribute(element, 'data-field-name');
  return appLabel && modelName && fieldName ? { appLabel, modelName, fieldName } : null;
};

/** The label that Django shows beside a raw id, in bold. */
export const rawIdLabel = (page: Page, { scope }: ScopedField): string | null => {
  const strong = scope && firstWithin(page, scope, (at) => at.tag === 'strong');
  return (strong && visibleText(strong)) || null;
};
