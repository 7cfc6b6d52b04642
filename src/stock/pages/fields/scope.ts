import { type HtmlElement, hasClass } from '../../../html/element.ts';
import type { FieldGroup } from './group.ts';

/** A field and the largest element around it that holds no other field: label, help and errors are in there. */
export interface ScopedField {
  readonly group: FieldGroup;
  readonly scope: HtmlElement | undefined;
}

/** Elements that hold more than one field's surroundings even when there is one field only. */
const isBoundary = (element: HtmlElement): boolean =>
  element.tag === 'form' ||
  element.tag === 'body' ||
  element.tag === 'main' ||
  element.tag === 'details' ||
  element.tag === 'table' ||
  element.tag === 'tbody' ||
  element.tag === 'tr' ||
  hasClass(element, 'module') ||
  hasClass(element, 'inline-related') ||
  hasClass(element, 'inline-group') ||
  hasClass(element, 'form-rows') ||
  hasClass(element, 'card-body') ||
  hasClass(element, 'grp-tr');

const anchorsOf = (group: FieldGroup): HtmlElement[] =>
  [
    ...group.controls.map(({ element }) => element),
    ...(group.clear === undefined ? [] : [group.clear.element]),
    ...(group.display === undefined ? [] : [group.display]),
  ].sort((a, b) => a.index - b.index);

/** Order of the page, and the scope of each field. */
export const scopeFields = (groups: readonly FieldGroup[]): ScopedField[] => {
  const placed = groups
    .map((group) => ({ group, anchors: anchorsOf(group) }))
    .sort((a, b) => (a.anchors[0]?.index ?? 0) - (b.anchors[0]?.index ?? 0));
  return placed.map(({ group, anchors }, i) => {
    const before = placed[i - 1]?.anchors.at(-1)?.index ?? -1;
    const after = placed[i + 1]?.anchors[0]?.index ?? Number.POSITIVE_INFINITY;
    const last = anchors.at(-1)?.index ?? 0;
    let scope: HtmlElement | undefined;
    for (
      let at = anchors[0];
      at !== undefined && at.index > before && at.last < after && !isBoundary(at);
      at = at.parent
    )
      scope = at;
    return { group, scope: scope !== undefined && scope.last >= last ? scope : anchors[0] };
  });
};
