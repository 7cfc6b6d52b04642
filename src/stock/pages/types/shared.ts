/**
 * Where a page came from. `adminPath` is the path of the admin index, ending in `/`; `path` is
 * path and query of the request, to which the page's links are relative.
 */
export interface PageAddress {
  readonly adminPath: string;
  readonly path: string;
}

export interface ModelRef {
  readonly appLabel: string;
  readonly modelName: string;
}

export interface ObjectRef extends ModelRef {
  /** Unquoted. */
  readonly pk: string;
}

/** A link as the page has it, and what it points at inside this admin. */
export interface PageLink {
  readonly label: string;
  /** Resolved: path and query on this origin, or an absolute URL elsewhere. */
  readonly href: string;
  readonly target: AdminTarget;
}

/**
 * What an admin URL stands for, by its shape alone. `custom` is a page below a model or an
 * object that stock Django does not have; `name` is its path there without slashes at the ends.
 * `outside` is not below the admin at all.
 */
export type AdminTarget =
  | { readonly kind: 'index' }
  | { readonly kind: 'app'; readonly appLabel: string }
  | ({ readonly kind: 'changelist' } & ModelRef)
  | ({ readonly kind: 'add' } & ModelRef)
  | ({ readonly kind: 'change' } & ObjectRef)
  | ({ readonly kind: 'delete' } & ObjectRef)
  | ({ readonly kind: 'history' } & ObjectRef)
  | ({ readonly kind: 'password' } & ObjectRef)
  | ({ readonly kind: 'custom'; readonly pk: string | null; readonly name: string } & ModelRef)
  | {
      readonly kind:
        | 'login'
        | 'logout'
        | 'own_password'
        | 'own_password_done'
        | 'autocomplete'
        | 'jsi18n'
        | 'view_on_site'
        | 'other'
        | 'outside';
    };

/** What most pages of the admin carry around their subject. */
export interface PageFrame {
  /** `<html lang>`: the language that labels and dates are in. */
  readonly language: string | null;
  /** `<title>`. */
  readonly title: string;
  /** The page's own heading (`#content h1` or the first `h1` after the branding). */
  readonly heading: string | null;
  /** The line under the heading: the object's label on the pages of an object. */
  readonly subheading: string | null;
  /** Name of the person logged in, as the page greets them. */
  readonly userName: string | null;
  /** Minutes east of UTC, today, of the server's zone; from Django's `data-admin-utc-offset` (seconds). */
  readonly utcOffsetMinutes: number | null;
  /** IANA name of the server's zone; Django 6.1 and later. */
  readonly timeZone: string | null;
  readonly csrfToken: string | null;
  readonly messages: readonly ShownMessage[];
}

/** A message of `django.contrib.messages` as a page shows it: capitalised, maybe with markup. */
export interface ShownMessage {
  readonly level: 'debug' | 'info' | 'success' | 'warning' | 'error' | null;
  readonly text: string;
}

/** One entry of an action list; `name` '' (the blank entry) is left out. */
export interface ActionOption {
  readonly name: string;
  readonly label: string;
}

/** A button that submits a form. */
export interface SubmitButton {
  readonly name: string;
  readonly value: string;
  readonly label: string | null;
}
