import type { Rule } from './lean.ts';
import { unlessEmpty } from './lean.ts';

/** Notes of the stock upstream that only tell why a key is null, which is left out here. */
const onlyAbsence =
  /: (?:the admin does not show it|see list(?: and retrieve)?|not a column of this list)$/;

/** Notes on what is left out altogether. */
const leftOut = /^(?:empty_value_display|save_options\.\w+): /;

/** Each note once, without those about what a compact answer does not have. */
export const notes: Rule = (given) =>
  Array.isArray(given)
    ? unlessEmpty(
        [...new Set(given)].filter(
          (note) => typeof note !== 'string' || !(onlyAbsence.test(note) || leftOut.test(note)),
        ),
        {},
      )
    : unlessEmpty(given, {});
