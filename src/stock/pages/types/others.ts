import type { Control, HtmlForm } from '../../forms/types.ts';
import type { FormField } from './field.ts';
import type { FormErrors } from './form-page.ts';
import type { ModelRef, ObjectRef, PageFrame, PageLink, SubmitButton } from './shared.ts';

export interface IndexModel extends ModelRef {
  /** Capitalised plural, as the index shows it. */
  readonly label: string;
  /** Whether the index links to its list; a model one may only add has no such link. */
  readonly canList: boolean;
  readonly canAdd: boolean;
  /** Null where the theme does not mark change and view links. */
  readonly canChange: boolean | null;
  /** The heading that it stands under. */
  readonly group: { readonly label: string | null; readonly slug: string | null };
}

export interface RecentAction {
  readonly action: 'added' | 'changed' | 'deleted' | null;
  readonly label: string;
  /** The model's name as the page shows it. */
  readonly modelLabel: string | null;
  readonly target: ObjectRef | null;
}

export interface IndexPage {
  readonly frame: PageFrame;
  readonly models: readonly IndexModel[];
  readonly recentActions: readonly RecentAction[];
  /** The page has a list of recent actions, even if empty. */
  readonly showsRecentActions: boolean;
  readonly logout: { readonly method: 'get' | 'post'; readonly path: string } | null;
}

/** One object that would go; `children` go because of it. */
export interface DeletionNode {
  /** "Order: #17", as the page shows it. */
  readonly text: string;
  /** The part before the colon: the model's name. */
  readonly modelLabel: string | null;
  readonly label: string;
  /** Known where the user may open the object's page. */
  readonly target: ObjectRef | null;
  readonly children: readonly DeletionNode[];
}

/** The confirmation page of one deletion, or of the action `delete_selected`. */
export interface DeletePage {
  readonly frame: PageFrame;
  /** The page offers to delete: its form has `post=yes`. */
  readonly canDelete: boolean;
  /** Of the object's link among the breadcrumbs, which Django cuts after 18 words; null without one. */
  readonly linkedLabel: string | null;
  /** Models and how many of each; null where the page gives no summary. */
  readonly counts: readonly { readonly label: string; readonly count: number }[] | null;
  readonly tree: readonly DeletionNode[];
  /** "…and 40 more objects" (Django 6.1). */
  readonly truncated: boolean;
  /** Objects that forbid it by `on_delete=PROTECT`; those stand in `tree` of no page. */
  readonly protectedObjects: readonly string[];
  /** Names of models that the user may not delete from. */
  readonly missingPermissions: readonly string[];
  readonly form: HtmlForm | null;
}

export interface HistoryEntry {
  /** As shown, in the page's language. */
  readonly time: string;
  readonly user: string;
  readonly comment: string;
}

export interface HistoryPage {
  readonly frame: PageFrame;
  readonly model: ModelRef | null;
  readonly entries: readonly HistoryEntry[];
  readonly page: number;
  readonly numPages: number;
  /** Of all pages; null where the page does not say. */
  readonly total: number | null;
}

/** The page that sets another user's password (and `password_change/` for one's own). */
export interface PasswordPage {
  readonly frame: PageFrame;
  readonly form: HtmlForm;
  readonly fields: readonly FormField[];
  readonly errors: FormErrors;
  /** Django 5.1 and later ask whether password login is enabled at all. */
  readonly asksUsable: boolean;
  readonly buttons: readonly SubmitButton[];
}

/** A page of the project's own: a panel, or the page that an action puts between. */
export interface GenericPage {
  readonly frame: PageFrame;
  /** Text of the content, one block a line; without forms' controls, scripts and navigation. */
  readonly text: string;
  readonly forms: readonly GenericForm[];
  readonly tables: readonly {
    readonly head: readonly string[];
    readonly rows: readonly (readonly string[])[];
  }[];
  readonly lists: readonly (readonly string[])[];
  /** Following one may change data. */
  readonly links: readonly PageLink[];
}

export interface GenericForm extends HtmlForm {
  /** What a person fills in. */
  readonly inputs: readonly FormField[];
  /** What the form carries along: hidden controls, without the CSRF token. */
  readonly hidden: readonly Control[];
  readonly buttons: readonly SubmitButton[];
  readonly errors: FormErrors;
}
