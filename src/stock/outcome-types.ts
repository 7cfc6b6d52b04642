import type { Message } from './messages-cookie.ts';
import type { AdminTarget } from './pages/types/shared.ts';

export interface OutcomeRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query that were asked. */
  readonly path: string;
}

/** Where a redirect goes, and what the view said on the way. */
export interface Redirect {
  /** Path and query, or an absolute URL when it leaves the admin's origin. */
  readonly location: string;
  readonly target: AdminTarget;
  /**
   * The messages that this answer's cookie carries. Null where it carries none: nothing was
   * said, or the project keeps messages in the session.
   */
  readonly messages: readonly Message[] | null;
}

/**
 * What an answer means.
 *
 * | kind | seen | what to do |
 * |---|---|---|
 * | `page` | HTML answer to a GET | read it |
 * | `returned` | HTML answer to a POST: a form with errors, or a page in between; **nothing is known to be saved** | read it |
 * | `data`, `file` | JSON, script or text; anything else or an attachment | |
 * | `popup_done` | the proof that a popup's save or deletion took effect | |
 * | `done` | redirect as after a success | |
 * | `warned` | the same, but the view said only warnings or errors | a save did not happen; an action ran or refused |
 * | `unclear` | a redirect to the index after a POST, without a word | report; never repeat |
 * | `session_over` | redirect to a login page, or the page itself | log in; repeat only if safe |
 * | `away` | redirect out of the admin | GET: not logged in, or a link; POST: took effect or not, never repeat |
 * | `not_found` | Django's redirect to the index for an object that is not there | |
 * | `query_rejected` | `?e=1`: the changelist refused the query | |
 * | `unknown_url` | the catch-all redirect `<x>/` to `<x>/change/` | |
 * | `moved` | redirect of a GET inside the admin | follow it if expected |
 * | others | a status | |
 */
export type Outcome =
  | { readonly kind: 'page' | 'returned' }
  | { readonly kind: 'data'; readonly mediaType: string }
  | { readonly kind: 'file'; readonly mediaType: string; readonly name: string }
  | {
      readonly kind: 'popup_done';
      readonly action: 'add' | 'change' | 'delete';
      /** The key that the popup's opener would take: the pk, or the value of `_to_field`. */
      readonly value: string;
      /** The object's label; null for a deletion. */
      readonly label: string | null;
    }
  | ({ readonly kind: 'done' } & Redirect & {
        /** `message`: the view said that it succeeded. `redirect`: only the redirect tells. */
        readonly evidence: 'message' | 'redirect';
      })
  | ({ readonly kind: 'warned' | 'unclear' | 'unknown_url' | 'moved' } & Redirect)
  | ({ readonly kind: 'not_found' | 'query_rejected' | 'away' } & Redirect)
  | {
      readonly kind: 'session_over';
      /** The login page asked to come back to this very request, so the view never ran. */
      readonly safeToRepeat: boolean;
    }
  | { readonly kind: 'bad_request' | 'missing' | 'method_not_allowed' | 'too_large' }
  | { readonly kind: 'forbidden'; readonly csrf: boolean }
  | { readonly kind: 'throttled'; readonly retryAfter: string | null }
  | { readonly kind: 'server_error' | 'unexpected'; readonly status: number };
