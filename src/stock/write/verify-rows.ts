import type { Desk } from '../desk/desk.ts';
import { blankFields } from '../forms/blanks.ts';
import type { Overlay } from '../forms/overlay.ts';
import type { Hazard } from '../forms/types.ts';
import type { Inline, InlineRow } from '../pages/types/form-page.ts';
import { verifyBlanks } from './verify-blanks.ts';

/** Only where rows link to pages of their own is there a list that can be asked about them. */
const isLinked = ({ rows }: Inline): boolean =>
  rows.some(({ links }) => links.some(({ target }) => target.kind === 'change'));

/** Stored rows that will be saved: Django leaves those alone that come back as they were. */
const changingRows = ({ prefix, rows }: Inline, { changed, touched }: Overlay): InlineRow[] =>
  rows.filter(({ index, isNew }) => {
    const own = `${prefix}-${index}-`;
    return !isNew && !touched.has(`${own}DELETE`) && changed.some((name) => name.startsWith(own));
  });

const inInline = async (desk: Desk, inline: Inline, filled: Overlay): Promise<Hazard[]> => {
  const { child, prefix } = inline;
  if (child === null || !isLinked(inline)) return [];
  const rows = changingRows(inline, filled);
  const nameIn = ({ index }: InlineRow, field: string) => `${prefix}-${index}-${field}`;
  const objects = rows.flatMap((row) => {
    const names = row.fields.map(({ name }) => name);
    const touched = new Set(names.filter((name) => filled.touched.has(nameIn(row, name))));
    return row.pk === null ? [] : [{ pk: row.pk, fields: row.fields, touched }];
  });
  const found = await verifyBlanks(desk, child, objects);
  return found.flatMap((hazard) =>
    rows
      .filter(({ fields }) => blankFields(fields).some(({ name }) => name === hazard.field))
      .map((row) => ({ ...hazard, field: nameIn(row, hazard.field) }))
      .filter(({ field }) => !filled.touched.has(field)),
  );
};

/**
 * Blank fields of changed rows of inlines that saving would turn from blank text to NULL or the
 * other way round, as {@link verifyBlanks} does for the object itself. No request where no such
 * row changes.
 */
export const verifyRows = async (
  desk: Desk,
  inlines: readonly Inline[],
  filled: Overlay,
): Promise<readonly Hazard[]> => {
  const hazards: Hazard[] = [];
  for (const inline of inlines) hazards.push(...(await inInline(desk, inline, filled)));
  return hazards;
};
