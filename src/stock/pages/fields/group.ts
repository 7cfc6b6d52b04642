import { closest, type HtmlElement, hasClass } from '../../../html/element.ts';
import type { PageForm } from '../../forms/controls.ts';
import { isButton } from '../../forms/successful.ts';
import type { Control } from '../../forms/types.ts';
import { containerName } from './container.ts';

export interface FieldControl {
  readonly control: Control;
  readonly element: HtmlElement;
}

/** The controls, or the read-only element, that make up one field. */
export interface FieldGroup {
  readonly name: string;
  readonly nameFrom: 'control' | 'page' | 'label';
  readonly controlName: string | null;
  readonly controls: readonly FieldControl[];
  /** The "Clear" checkbox of a file input. */
  readonly clear: FieldControl | undefined;
  readonly display: HtmlElement | undefined;
}

/** What surrounds the fields of a form, by name. */
const isChrome = (name: string): boolean =>
  name === '' ||
  name === 'csrfmiddlewaretoken' ||
  name === '_popup' ||
  name === '_to_field' ||
  name === '_source_model' ||
  name === '_selected_action' ||
  name === 'actionName' ||
  name.startsWith('CHANGE_FORM-');

/** Controls of a form that belong to fields, with their elements. */
export const fieldControls = ({ form, elements }: PageForm): FieldControl[] =>
  form.controls.flatMap((control, i) => {
    const element = elements[i];
    return element === undefined || isButton(control) || isChrome(control.name)
      ? []
      : [{ control, element }];
  });

const isPartOf = (element: HtmlElement, base: string): boolean =>
  closest(element, (at) => hasClass(at, `field-${base}`)) !== undefined;

/**
 * The field that a control belongs to, which for most is its name. `names` has every name of
 * the form by its first control.
 */
const baseOf = (
  { control, element }: FieldControl,
  names: ReadonlyMap<string, FieldControl>,
): string => {
  const { name } = control;
  const [, date] = /^(.+)_(?:year|month|day)$/.exec(name) ?? [];
  const isSelect = (part: string): boolean => names.get(part)?.control.tag === 'select';
  if (date !== undefined && isSelect(`${date}_year`) && isSelect(`${date}_month`)) return date;
  const [, base] = /^(.+)_\d+$/.exec(name) ?? [];
  if (base === undefined || !names.has(`${base}_0`) || !names.has(`${base}_1`) || names.has(base))
    return name;
  const first = names.get(`${base}_0`);
  const isDateTime = first !== undefined && hasClass(first.element, 'vDateField');
  return isDateTime || control.type === 'hidden' || isPartOf(element, base.replace(/^.*-\d+-/, ''))
    ? base
    : name;
};

/** `initial-<name>` and `<prefix>-initial…`: hidden copies of callable defaults, echoed as they are. */
const isInitial = (name: string, names: ReadonlyMap<string, FieldControl>): boolean =>
  name.startsWith('initial-') && names.has(name.slice('initial-'.length));

/** Groups controls into fields, in the order of the page. `prefix` is taken off the names. */
export const groupControls = (controls: readonly FieldControl[], prefix = ''): FieldGroup[] => {
  const names = new Map<string, FieldControl>();
  for (const each of controls)
    if (!names.has(each.control.name)) names.set(each.control.name, each);
  const groups = new Map<string, FieldControl[]>();
  const clears = new Map<string, FieldControl>();
  for (const each of controls) {
    const { name } = each.control;
    if (isInitial(name, names)) continue;
    const file = name.endsWith('-clear') ? name.slice(0, -'-clear'.length) : undefined;
    if (file !== undefined && names.get(file)?.control.type === 'file') {
      clears.set(file, each);
      continue;
    }
    const base = baseOf(each, names);
    const group = groups.get(base);
    if (group === undefined) groups.set(base, [each]);
    else group.push(each);
  }
  return [...groups].map(([controlName, members]) => ({
    name: controlName.startsWith(prefix) ? controlName.slice(prefix.length) : controlName,
    nameFrom: 'control',
    controlName,
    controls: members,
    clear: clears.get(controlName),
    display: undefined,
  }));
};

/** A read-only element as a field; its name comes from the page around it. */
export const displayGroup = (element: HtmlElement, name = containerName(element)): FieldGroup => ({
  name: name ?? '',
  nameFrom: name === undefined ? 'label' : 'page',
  controlName: null,
  controls: [],
  clear: undefined,
  display: element,
});
