import type { HtmlForm } from '../../forms/types.ts';
import type { FormField } from './field.ts';
import type { ActionOption, ModelRef, PageFrame, PageLink, SubmitButton } from './shared.ts';

export interface Fieldset {
  /** Null where there is no heading. */
  readonly title: string | null;
  readonly description: string | null;
  readonly classes: readonly string[];
  readonly collapsed: boolean;
  /** Field names, row by row as the form shows them. */
  readonly rows: readonly (readonly string[])[];
}

/** One row of an inline: an object, or a blank row for a new one. */
export interface InlineRow {
  /** Its number in the formset: controls are called `<prefix>-<index>-<field>`. */
  readonly index: number;
  /** Null for a blank row, and where the page does not tell. */
  readonly pk: string | null;
  readonly isNew: boolean;
  readonly label: string | null;
  readonly links: readonly PageLink[];
  readonly fields: readonly FormField[];
  /** Errors of the row as a whole. */
  readonly errors: readonly string[];
  readonly canDelete: boolean;
}

export interface Inline {
  /** The formset's prefix; unique on the page, and the key of every answer and patch. */
  readonly prefix: string;
  readonly label: string;
  readonly kind: 'tabular' | 'stacked' | null;
  /** Name of one row ("Order line"), where the page tells it. */
  readonly verboseName: string | null;
  readonly totalForms: number;
  readonly initialForms: number;
  readonly minNum: number | null;
  /** Null where there is no bound (Django writes 1000). */
  readonly maxNum: number | null;
  /** Last part of the names of the hidden controls that hold the row's key and its parent's. */
  readonly pkName: string | null;
  readonly fkName: string | null;
  /** Known from links to the rows' own pages, otherwise null. */
  readonly child: ModelRef | null;
  readonly canAdd: boolean;
  readonly canChange: boolean;
  /** Null where there are no rows to offer it on, and no column for it. */
  readonly canDelete: boolean | null;
  /** The fields of a blank row; of the first row where blank ones are not offered. */
  readonly fields: readonly FormField[];
  readonly rows: readonly InlineRow[];
  /** Errors of the formset as a whole. */
  readonly errors: readonly string[];
}

/** What a form that came back says is wrong. Field errors stand on the fields as well. */
export interface FormErrors {
  /** The page shows that something is wrong, even where no text says what. */
  readonly any: boolean;
  /** "Please correct the errors below." */
  readonly note: string | null;
  readonly nonField: readonly string[];
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly inlines: Readonly<Record<string, InlineErrors>>;
}

export interface InlineErrors {
  readonly formset: readonly string[];
  readonly rows: readonly {
    readonly index: number;
    readonly pk: string | null;
    readonly nonField: readonly string[];
    readonly fields: Readonly<Record<string, readonly string[]>>;
  }[];
}

/** An add or change page, with or without `_popup`. */
export interface FormPage {
  readonly frame: PageFrame;
  readonly model: ModelRef | null;
  /** `view`: the page offers no way to save. */
  readonly mode: 'add' | 'change' | 'view';
  readonly popup: boolean;
  /** Label of the object; null on add pages and where a theme hides it. */
  readonly objectLabel: string | null;
  /** The form to post; null when the page has none that this parser understands. */
  readonly form: HtmlForm | null;
  readonly fieldsets: readonly Fieldset[];
  /** In the order of the page; every field of `fieldsets`, and hidden ones outside of them. */
  readonly fields: readonly FormField[];
  readonly inlines: readonly Inline[];
  readonly errors: FormErrors;
  readonly saveOptions: {
    readonly save: boolean;
    readonly saveAndContinue: boolean;
    readonly saveAndAddAnother: boolean;
    readonly saveAsNew: boolean;
    readonly saveOnTop: boolean;
  };
  /** Buttons that stock Django does not have, such as `_approve`. */
  readonly extraButtons: readonly SubmitButton[];
  /** Target field to the fields that it is made from; as in the contract. */
  readonly prepopulated: Readonly<Record<string, readonly string[]>>;
  readonly viewOnSiteUrl: string | null;
  readonly historyUrl: string | null;
  readonly deleteUrl: string | null;
  readonly passwordUrl: string | null;
  /** Links to pages below the object or model that stock Django does not have. Following one may change data. */
  readonly customLinks: readonly PageLink[];
  /** The change page's own actions (Django 6.1). */
  readonly actions: readonly ActionOption[];
}
