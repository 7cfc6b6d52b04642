import type { Control, HtmlForm } from '../../forms/types.ts';
import type { FormField } from './field.ts';
import type { ActionOption, ModelRef, PageFrame, PageLink } from './shared.ts';

export interface Column {
  /** As in `list_display`; `__str__` for the object itself. */
  readonly name: string;
  readonly label: string;
  /** Markup of the header, null where it is text. */
  readonly sortable: boolean;
  /** What `o=` calls it; null where it cannot be sorted by. */
  readonly sortIndex: number | null;
  readonly ordering: 'asc' | 'desc' | null;
  /** 1 is the first; null where the list is not sorted by it. */
  readonly sortPriority: number | null;
  readonly editable: boolean;
}

export interface Cell {
  /** The column's name. */
  readonly column: string;
  /** What a reader sees; whitespace collapsed. Of an editable cell: '' */
  readonly text: string;
  /** The markup, where there is more than text and Django's own link and icon. */
  readonly html: string | null;
  /** Django's boolean icon: null is "unknown"; undefined where there is none. */
  readonly boolean: boolean | null | undefined;
  /** The first link in the cell. */
  readonly link: PageLink | null;
  /** Django marks dates, times and foreign keys with `nowrap`. */
  readonly nowrap: boolean;
  /** Of an editable cell: its field, as on a form, with its value, choices and errors. */
  readonly field: FormField | null;
  /** Controls of an editable cell, without the hidden pk. */
  readonly controls: readonly Control[];
}

export interface Row {
  /** Null where the page does not tell it: no actions, no links, nothing editable. */
  readonly pk: string | null;
  /** The row's number in the editable formset. */
  readonly formIndex: number | null;
  readonly cells: readonly Cell[];
  /** Errors of the row as a whole, from the editable formset. */
  readonly errors: readonly string[];
}

export interface FilterChoice {
  readonly label: string;
  /** Query string that applies this choice and keeps everything else; '' clears all. */
  readonly query: string;
  /** The parameters that this choice sets, without what the page already had. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly selected: boolean;
  /** Matching objects, while facets are shown. */
  readonly count: number | null;
}

export interface Filter {
  /** "status"; null where a theme hides it. */
  readonly title: string | null;
  /** Name in the contract: the first parameter without `__exact` or `__id__exact`. */
  readonly name: string;
  /** All query parameters that its choices set. */
  readonly parameters: readonly string[];
  readonly choices: readonly FilterChoice[];
}

export interface DateHierarchy {
  /** The date field, known from the links' parameters; null when the page shows none. */
  readonly field: string | null;
  /** The way back up, narrowest last. */
  readonly back: PageLink | null;
  readonly choices: readonly {
    readonly label: string;
    readonly query: string;
    readonly year: number | null;
    readonly month: number | null;
    readonly day: number | null;
  }[];
}

/** The formset behind editable columns. */
export interface EditableFormset {
  readonly prefix: string;
  readonly totalForms: number;
  readonly initialForms: number;
  /** Last part of the names of the hidden pk controls: `form-0-<pkName>`. */
  readonly pkName: string | null;
}

export interface Changelist {
  readonly frame: PageFrame;
  readonly model: ModelRef | null;
  readonly popup: boolean;
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
  /** Objects that match; null where the page does not say and it cannot be counted. */
  readonly total: number | null;
  /** All objects, filtered or not; null unless the page says so. */
  readonly fullCount: number | null;
  readonly page: number;
  readonly numPages: number;
  /** `list_per_page`, known when there is more than one page. */
  readonly pageSize: number | null;
  /** Query string of "Show all"; null where it is not offered. */
  readonly showAllQuery: string | null;
  /** The list shows everything because of `?all=`. */
  readonly showsAll: boolean;
  readonly search: { readonly text: string; readonly helpText: string | null } | null;
  readonly filters: readonly Filter[];
  /** Whether counts are on, can be turned on, or are never offered. */
  readonly facets: 'shown' | 'offered' | null;
  readonly dateHierarchy: DateHierarchy | null;
  readonly actions: readonly ActionOption[];
  /** Inputs of a custom action form, beside the action itself. */
  readonly actionInputs: readonly FormField[];
  readonly canSelectAcross: boolean;
  /** The form around the table: actions and editable cells are posted with it. */
  readonly form: HtmlForm | null;
  readonly formset: EditableFormset | null;
  readonly errorNote: string | null;
  readonly formsetErrors: readonly string[];
  readonly addUrl: string | null;
  /** Links to pages that stock Django does not have. Following one may change data. */
  readonly customLinks: readonly PageLink[];
}
