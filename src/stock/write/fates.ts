import type { JsonObject } from '../../operations/json.ts';
import { keyJson } from '../contract/key.ts';

/** What became of one object of many. `now` is its state, where that had to be read anyway. */
export type Fate = { readonly now?: JsonObject } & (
  | { readonly kind: 'done' | 'unchanged' | 'rolled_back' | 'not_tried' }
  | { readonly kind: 'failed'; readonly error: JsonObject }
);

export type Fates = ReadonlyMap<string, Fate>;

export const failed = (code: string, message: string, more: JsonObject = {}): Fate => ({
  kind: 'failed',
  error: { code, message, ...more },
});

/** The error of an object whose fields are wrong; `''` is the object as a whole. */
export const invalidFields = (fields: Readonly<Record<string, readonly string[]>>): JsonObject => ({
  code: 'validation_failed',
  message: 'One or more fields are invalid.',
  fields: Object.fromEntries(Object.entries(fields).map(([name, texts]) => [name, [...texts]])),
});

const isOk = ({ kind }: Fate): boolean => kind === 'done' || kind === 'unchanged';

const fateJson = (fate: Fate): JsonObject => {
  switch (fate.kind) {
    case 'done':
      return { ok: true };
    case 'unchanged':
      return { ok: true, unchanged: true };
    case 'failed':
      return { ok: false, error: fate.error };
    case 'rolled_back':
      return { ok: false, rolled_back: true };
    case 'not_tried':
      return { ok: false, not_tried: true };
  }
};

export interface FatesJson {
  readonly results: JsonObject[];
  readonly summary: { readonly accepted: number; readonly rejected: number };
}

/** Every object of the call with its key; those without a fate were not tried. */
export const fatesJson = (pks: readonly string[], fates: Fates): FatesJson => {
  const all = pks.map((pk): readonly [string, Fate] => [
    pk,
    fates.get(pk) ?? { kind: 'not_tried' },
  ]);
  const accepted = all.filter(([, fate]) => isOk(fate)).length;
  return {
    results: all.map(([pk, fate]) => ({ pk: keyJson(pk), ...fateJson(fate), ...fate.now })),
    summary: { accepted, rejected: pks.length - accepted },
  };
};

export const isAnyDone = (fates: Fates): boolean =>
  [...fates.values()].some(({ kind }) => kind === 'done');
