import { mediaTypeOf, unknownMediaType } from '../operations/media-types.ts';

/** What the operator takes of files. */
export interface FileRules {
  readonly maxBytes: number;
  /** Media types, such as `image/*`; empty for any. */
  readonly types: readonly string[];
}

export interface FileFacts {
  readonly name: string;
  readonly mediaType: string;
  /** In bytes; undefined before it is known. */
  readonly size: number | undefined;
}

const isAmong = (types: readonly string[], mediaType: string): boolean =>
  types.some((type) => {
    const wanted = type.toLowerCase();
    return wanted.endsWith('/*')
      ? mediaType.toLowerCase().startsWith(wanted.slice(0, -1))
      : wanted === '*' || wanted === mediaType.toLowerCase();
  });

/**
 * The rule that a file breaks, in a sentence. What a file's content is cannot be told from
 * here; its declared type has to be allowed, and so has the one that its name stands for.
 */
export const brokenRule = (
  { maxBytes, types }: FileRules,
  { name, mediaType, size }: FileFacts,
): string | undefined => {
  if (size !== undefined && size > maxBytes) return `Give a file of at most ${maxBytes} bytes.`;
  if (types.length === 0) return undefined;
  const claimed = [mediaType, mediaTypeOf(name) ?? unknownMediaType];
  return claimed.every((type) => isAmong(types, type))
    ? undefined
    : `Give a file of one of these types: ${types.join(', ')}.`;
};
