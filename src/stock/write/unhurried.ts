import type { Desk } from '../desk/desk.ts';

/**
 * The desk for a post that has begun: whoever stops waiting, its answer is read, since Django
 * goes on all the same and only the answer says what came of it. The site's own time limit holds.
 */
export const unhurried = (desk: Desk): Desk => ({ ...desk, signal: new AbortController().signal });
