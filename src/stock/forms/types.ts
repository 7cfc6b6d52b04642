/** One name and value as a browser would post it. */
export type FormPair = readonly [name: string, value: string];

export interface ControlOption {
  readonly value: string;
  readonly label: string;
  /** Label of the `<optgroup>` that it stands in. */
  readonly group: string | null;
  readonly selected: boolean;
  readonly disabled: boolean;
}

/** One form control as data. */
export interface Control {
  /** '' when it has none; such a control is never posted. */
  readonly name: string;
  readonly tag: 'input' | 'textarea' | 'select' | 'button';
  /**
   * The `type` of an input or button in lower case; `textarea`, `select-one` or
   * `select-multiple` for the others, as in the DOM.
   */
  readonly type: string;
  readonly id: string | null;
  /** The value attribute, or a textarea's text; '' for a select. Carriage returns are kept. */
  readonly value: string;
  /** Whether there is a value attribute: a password input has none unless `render_value` is set. */
  readonly hasValue: boolean;
  readonly checked: boolean;
  /** By its own attribute or that of a `<fieldset>` around it. */
  readonly disabled: boolean;
  readonly options: readonly ControlOption[];
  /** What a person reads on a button. */
  readonly label: string | null;
}

/** One `<form>` of a page and the controls it owns. */
export interface HtmlForm {
  readonly id: string | null;
  /** As written; '' means the page's own URL. */
  readonly action: string;
  readonly method: 'get' | 'post';
  readonly multipart: boolean;
  /** In document order: inside the form, or with its id in their `form` attribute. */
  readonly controls: readonly Control[];
}

/** A file to post. */
export interface FormFile {
  readonly field: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * What posting a form back may do to values that the caller did not mention (measured: an
 * unchanged save did each of these on Django 3.2-6.1).
 *
 * - `password_wiped`: a password input without a value; posting it back empties the stored one
 * - `precision`: a date-time or time input; microseconds (and seconds, where the page shows
 *   none) are lost
 * - `whitespace`: text that starts or ends with whitespace, which Django strips
 * - `blank_to_null`, `null_to_blank`: a nullable text column holds the one and Django's form
 *   field makes the other of what is posted
 */
export interface Hazard {
  readonly kind: 'password_wiped' | 'precision' | 'whitespace' | 'blank_to_null' | 'null_to_blank';
  /** The field's name; `prefix-index-name` in an inline row. */
  readonly field: string;
}
