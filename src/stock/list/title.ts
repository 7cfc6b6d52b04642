import type { JsonObject } from '../../operations/json.ts';
import type { Changelist } from '../pages/types/changelist.ts';

/** Django's title of a changelist says whether the user may change; only read where it is English. */
const titled = ({ frame }: Changelist): { readonly name: string; readonly verb: string } | null => {
  if (frame.language !== null && !/^en\b/i.test(frame.language)) return null;
  const text = `${frame.heading ?? ''}\n${frame.title}`;
  const [, name, verb] = /^Select (.+) to (change|view)\b/m.exec(text) ?? [];
  return name === undefined || verb === undefined ? null : { name, verb };
};

/** Django's own label of its deletion, again only where it is English. */
const pluralOf = (page: Changelist): string | null => {
  if (titled(page) === null) return null;
  const label = page.actions.find(({ name }) => name === 'delete_selected')?.label ?? '';
  return /^Delete selected (.+)$/.exec(label)?.[1] ?? null;
};

/** The names of a model as far as the page has them. */
export const verboseName = (page: Changelist): JsonObject => ({
  verbose_name: titled(page)?.name ?? null,
  verbose_name_plural: pluralOf(page),
});

/** What the user may do, as far as the page shows it. */
export const permissionsOf = (
  page: Changelist,
): Record<'view' | 'add' | 'change' | 'delete', boolean | null> => {
  const title = titled(page);
  const change = page.formset !== null ? true : title === null ? null : title.verb === 'change';
  const mayDelete = page.actions.some(({ name }) => name === 'delete_selected');
  return {
    view: true,
    add: page.addUrl !== null,
    change,
    // The action may have been taken away from this list; it proves the right, its absence nothing.
    delete: mayDelete ? true : null,
  };
};
