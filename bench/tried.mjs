/** What was tried where a target is missed, shown beside the row. */

const notes = [];

/** @param {string} what the row's name */
export const tried = (what) => notes.find(([pattern]) => pattern.test(what))?.[1];
