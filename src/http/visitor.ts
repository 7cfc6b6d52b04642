import type { Caller } from '../django/caller.ts';
import type { Narrowing } from '../operations/upstream.ts';

/** A request's Django session, and the cookies that Django set while it was used. */
export interface Visitor {
  readonly caller: Caller;
  /** For Django to judge on an unsafe request, '' where none came; null where there is none to judge. */
  readonly csrfToken: string | null;
  /** `Set-Cookie` lines to hand back: Django rotates a session when its password changes. */
  readonly setCookies: () => readonly string[];
  /** What the request's own headers take away from what it may do. */
  readonly narrowing?: Narrowing | undefined;
}

/** The response with the cookies that Django set on the way to it. */
export const withCookies = (response: Response, visitor: Visitor): Response => {
  // Not a response of its own around the body: Django sets its CSRF cookie with every page, and
  // a text that is sent as it is would have to be read back from a stream.
  for (const cookie of visitor.setCookies()) response.headers.append('set-cookie', cookie);
  return response;
};
