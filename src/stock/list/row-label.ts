import type { Row } from '../pages/types/changelist.ts';

/** What a list calls its row: the object itself where it is a column, else what links to its page. */
export const rowLabel = ({ pk, cells }: Row): string | null => {
  const own = cells.find(({ column }) => column === '__str__');
  const linked = cells.find(
    ({ link }) => link?.target.kind === 'change' && link.target.pk === pk && link.label !== '',
  );
  return own?.text ?? linked?.link?.label ?? null;
};
