import type { JsonValue } from '../../../operations/json.ts';
import type { PageLink } from './shared.ts';

/** The contract's closed set. */
export type WidgetKind =
  | 'text'
  | 'number'
  | 'email'
  | 'url'
  | 'password'
  | 'hidden'
  | 'textarea'
  | 'date'
  | 'datetime'
  | 'time'
  | 'checkbox'
  | 'select'
  | 'select-multiple'
  | 'radio'
  | 'checkbox-multiple'
  | 'file'
  | 'split-datetime'
  | 'select-date'
  | 'raw-id'
  | 'shuttle'
  | 'autocomplete'
  | 'autocomplete-multiple'
  | 'custom';

/** What a field's value is, as far as HTML tells; `unsupported` for read-only text of unknown type. */
export type FieldType =
  | 'string'
  | 'text'
  | 'integer'
  | 'decimal'
  | 'float'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'uuid'
  | 'json'
  | 'choice'
  | 'foreignkey'
  | 'manytomany'
  | 'file'
  | 'image'
  | 'unsupported';

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly group: string | null;
  readonly selected: boolean;
}

/** The model that a relation points at. */
export interface Relation {
  readonly appLabel: string;
  readonly modelName: string;
  /** The target's field that the form's value means; null is the primary key. */
  readonly toField: string | null;
}

/** What `{base}autocomplete/` wants to be asked, from the widget's `data-*`. */
export interface AutocompleteSource {
  readonly appLabel: string;
  readonly modelName: string;
  readonly fieldName: string;
}

/** What a read-only field shows instead of a control. */
export interface ReadonlyDisplay {
  readonly text: string;
  /** The markup, where there is any beyond text. */
  readonly html: string | null;
  readonly link: PageLink | null;
  /** Where the admin shows its icon; null is its "unknown" icon, undefined no icon. */
  readonly boolean: boolean | null | undefined;
}

/**
 * One field of an add or change form, or of an inline row.
 *
 * `value` is in machine form, whatever the page's language:
 *
 * | type | value |
 * |---|---|
 * | date, time, datetime | ISO 8601 without a zone (`2024-05-01T12:30:00`), null when empty |
 * | integer | number; a string beyond 2^53 |
 * | decimal | string |
 * | float | number |
 * | boolean | true, false, null |
 * | json | the parsed value |
 * | foreignkey | `{id, label}`, ids are strings; null |
 * | manytomany | `[{id, label}]` |
 * | choice | the chosen value; an array where several may be |
 * | file, image | `{name, url}`, null |
 * | others | string as it stands in the control |
 *
 * A password is never read: null. A read-only field has its text, or the boolean of its icon.
 */
export interface FormField {
  /** As Django names it; without the prefix of an inline row. */
  readonly name: string;
  /**
   * Where the name is from: its controls, a class of the page, or (a read-only field under
   * unfold, which writes no name) its label, as a guess.
   */
  readonly nameFrom: 'control' | 'page' | 'label';
  /** Base name of its controls in the form: `items-0-price`. Null when there is no control. */
  readonly controlName: string | null;
  readonly label: string;
  readonly helpText: string;
  /** Inner HTML of the help text, as sent. */
  readonly helpHtml: string;
  readonly required: boolean;
  /** Shown without a control, or with disabled controls only. */
  readonly readonly: boolean;
  readonly errors: readonly string[];
  readonly widget: {
    readonly kind: WidgetKind;
    /** Attributes of its (first) control that are not identity or value. */
    readonly attrs: Readonly<Record<string, string | boolean>>;
  };
  readonly type: FieldType;
  readonly value: JsonValue;
  /** What the person filling the form would see for it: text, or labels of what is selected. */
  readonly display: ReadonlyDisplay | null;
  readonly choices: readonly Choice[] | null;
  readonly maxLength: number | null;
  /** Its input is the one that the admin has for a `CharField`, which alone tells one without a length. */
  readonly charInput: boolean;
  readonly decimalPlaces: number | null;
  readonly relation: Relation | null;
  readonly autocomplete: AutocompleteSource | null;
  /** A file field that offers its "Clear" checkbox. */
  readonly clearable: boolean;
}
