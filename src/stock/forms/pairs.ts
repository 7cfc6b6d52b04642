import { controlValues } from './successful.ts';
import type { FormPair, HtmlForm } from './types.ts';

/** Values to put in place of those that a form shows, by control name. */
export type Replacements = ReadonlyMap<string, readonly string[]>;

/**
 * A form's successful controls with some replaced; the others stay exactly as they are. A
 * replaced control keeps its place; one that contributed nothing (an unchecked box) comes last.
 */
export const replaceValues = (
  pairs: readonly FormPair[],
  replacements: Replacements,
): FormPair[] => {
  const written = new Set<string>();
  const kept = pairs.flatMap(([name, value]): FormPair[] => {
    const values = replacements.get(name);
    if (values === undefined) return [[name, value]];
    if (written.has(name)) return [];
    written.add(name);
    return values.map((each): FormPair => [name, each]);
  });
  const added = [...replacements].flatMap(([name, values]) =>
    written.has(name) ? [] : values.map((value): FormPair => [name, value]),
  );
  return [...kept, ...added];
};

/** What a row copied from `<prefix>-__prefix__-…` would post as row `index`. */
export const copiedRow = (form: HtmlForm, prefix: string, index: number): FormPair[] => {
  const template = `${prefix}-__prefix__-`;
  return form.controls
    .filter((control) => control.name.startsWith(template))
    .flatMap((control) =>
      controlValues(control).map(
        (value): FormPair => [`${prefix}-${index}-${control.name.slice(template.length)}`, value],
      ),
    );
};
