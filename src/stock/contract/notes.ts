import type { JsonValue } from '../../operations/json.ts';

/** Keys of a body that are null or partial, and why. */
export interface Notes {
  readonly add: (key: string, why: string) => void;
  /** `{notes: [...]}`, or nothing. */
  readonly json: () => { readonly notes?: JsonValue[] };
}

export const notInHtml = 'the admin does not show it';

export const createNotes = (): Notes => {
  const lines = new Set<string>();
  return {
    add: (key, why) => lines.add(`${key}: ${why}`),
    json: () => (lines.size === 0 ? {} : { notes: [...lines] }),
  };
};
