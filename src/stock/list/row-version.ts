import { versionOfRow } from '../../operations/version.ts';
import { controlValues } from '../forms/successful.ts';
import type { Cell, Row } from '../pages/types/changelist.ts';

/** Django adds the query of the list to its own links, also to one around a project's markup. */
const listQuery = /(?:\?|&(?:amp;)?)_changelist_filters=[^"'&\s>]*/g;

const shown = ({ text, html, boolean }: Cell): string =>
  boolean !== undefined ? String(boolean) : html === null ? text : html.replace(listQuery, '');

/** A disabled control has a value all the same. */
const held = ({ controls }: Cell): readonly string[] =>
  controls.flatMap((control) => controlValues({ ...control, disabled: false }));

/**
 * The version of a row, from what its cells show and hold; it costs no request. The same
 * however the row was found: query, order, page and the numbers of its controls do not count.
 */
export const rowVersion = ({ pk, cells }: Row): string =>
  versionOfRow(
    JSON.stringify([
      pk,
      ...cells.map((cell) => [cell.column, cell.controls.length > 0 ? held(cell) : shown(cell)]),
    ]),
  );
