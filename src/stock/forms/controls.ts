import { attribute, closest, type HtmlElement, hasAttribute } from '../../html/element.ts';
import type { Page } from '../../html/page.ts';
import { tagged, within } from '../../html/page.ts';
import { collapse, rawText, visibleText } from '../../html/text.ts';
import type { Control, ControlOption, HtmlForm } from './types.ts';

/** A form of a page with the elements that its data came from. */
export interface PageForm {
  readonly element: HtmlElement;
  readonly form: HtmlForm;
  /** In the order of `form.controls`. */
  readonly elements: readonly HtmlElement[];
}

const isInert = (element: HtmlElement): boolean =>
  closest(element, (at) => at.tag === 'template') !== undefined;

/** HTML 4.10.18.5: a disabled fieldset disables what is in it, but for its first legend. */
const isDisabled = (element: HtmlElement): boolean => {
  if (hasAttribute(element, 'disabled')) return true;
  for (let at = element; at.parent !== undefined; at = at.parent) {
    const { parent } = at;
    if (parent.tag === 'fieldset' && hasAttribute(parent, 'disabled')) {
      const legend = parent.children.find(
        (child) => typeof child !== 'string' && child.tag === 'legend',
      );
      if (legend !== at) return true;
    }
  }
  return false;
};

const readOptions = (page: Page, select: HtmlElement): ControlOption[] =>
  within(page, select, (element) => element.tag === 'option').map((option) => {
    const group = closest(option, (at) => at === select || at.tag === 'optgroup');
    const isGrouped = group !== undefined && group !== select;
    const label = visibleText(option);
    return {
      value: attribute(option, 'value') ?? label,
      label,
      group: isGrouped ? (attribute(group, 'label') ?? '') : null,
      selected: hasAttribute(option, 'selected'),
      disabled: hasAttribute(option, 'disabled') || (isGrouped && hasAttribute(group, 'disabled')),
    };
  });

/** The line break right after `<textarea>` is not part of its value (HTML 13.2.6.4.7). */
const textareaValue = (element: HtmlElement): string => rawText(element).replace(/^\r?\n/, '');

const noOptions: readonly ControlOption[] = [];

const typeOf = (element: HtmlElement): string => {
  if (element.tag === 'select')
    return hasAttribute(element, 'multiple') ? 'select-multiple' : 'select-one';
  if (element.tag === 'textarea') return 'textarea';
  const type = attribute(element, 'type')?.toLowerCase();
  return type || (element.tag === 'button' ? 'submit' : 'text');
};

const isControlTag = (tag: string): tag is Control['tag'] =>
  tag === 'input' || tag === 'select' || tag === 'textarea' || tag === 'button';

export const readControl = (page: Page, element: HtmlElement): Control | undefined => {
  const { tag } = element;
  if (!isControlTag(tag)) return undefined;
  const type = typeOf(element);
  const value = attribute(element, 'value');
  const isBox = type === 'checkbox' || type === 'radio';
  return {
    name: attribute(element, 'name') ?? '',
    tag,
    type,
    id: attribute(element, 'id') ?? null,
    value: tag === 'textarea' ? textareaValue(element) : (value ?? (isBox ? 'on' : '')),
    hasValue: value !== undefined || tag === 'textarea',
    checked: hasAttribute(element, 'checked'),
    disabled: isDisabled(element),
    options: tag === 'select' ? readOptions(page, element) : noOptions,
    label:
      tag === 'button'
        ? visibleText(element)
        : type === 'submit' || type === 'image'
          ? collapse(value ?? '')
          : null,
  };
};

const controlElements = (page: Page): readonly HtmlElement[] =>
  [
    ...tagged(page, 'input'),
    ...tagged(page, 'select'),
    ...tagged(page, 'textarea'),
    ...tagged(page, 'button'),
  ].sort((a, b) => a.index - b.index);

/** HTML 4.10.18.3: the form that a `form` attribute names, or else the nearest one around. */
const ownerOf = (page: Page, element: HtmlElement): HtmlElement | undefined => {
  const id = attribute(element, 'form');
  if (id === undefined) return closest(element, (at) => at.tag === 'form');
  const named = page.byId.get(id);
  return named?.tag === 'form' ? named : undefined;
};

/** Every form of the page with the controls it owns. Controls in `<template>` are nobody's. */
export const readForms = (page: Page): readonly PageForm[] => {
  const owned = new Map<HtmlElement, HtmlElement[]>(tagged(page, 'form').map((form) => [form, []]));
  if (owned.size === 0) return [];
  const hasInert = tagged(page, 'template').length > 0;
  for (const element of controlElements(page)) {
    const owner = ownerOf(page, element);
    if (owner === undefined || (hasInert && isInert(element))) continue;
    owned.get(owner)?.push(element);
  }
  return [...owned].map(([element, elements]) => ({
    element,
    elements,
    form: {
      id: attribute(element, 'id') ?? null,
      action: attribute(element, 'action') ?? '',
      method: attribute(element, 'method')?.toLowerCase() === 'post' ? 'post' : 'get',
      multipart: attribute(element, 'enctype')?.toLowerCase() === 'multipart/form-data',
      controls: elements.flatMap((control) => readControl(page, control) ?? []),
    },
  }));
};
