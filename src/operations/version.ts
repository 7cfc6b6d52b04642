import { hash } from 'node:crypto';
import { GatewayError } from './errors.ts';

/**
 * What a caller read, so that a write can tell whether it is still so. Opaque to callers.
 *
 * - `f.<digest>.<marks>`: the form of an object; a mark for each of its groups (a field, or an
 *   inline by its prefix), so that a conflict can name what changed
 * - `r.<digest>`: a row of a list, which costs no request and names nothing
 */
export type Version =
  | { readonly kind: 'form'; readonly digest: string; readonly marks: string }
  | { readonly kind: 'row'; readonly digest: string };

/** 96 bits: two states of one object never meet by chance. */
const formDigestLength = 16;
/**
 * 36 bits, as digits: a list has a version in each of its rows, and a model's tokenizer takes
 * three digits as one.
 */
const rowDigestLength = 11;
/** Groups that have a mark; changes of later ones are noticed but not named. */
const maxMarks = 300;

/** In one shot: a hash object costs ten times as much, and a list has a digest for each row. */
const digestOf = (text: string): string => hash('sha256', text, 'base64url');

/** Names and texts are told apart by their lengths, so none can imitate another. */
const line = (name: string, text: string): string =>
  `${name.length}:${name}=${text.length}:${text}\n`;

/** By code unit: the order of a locale would differ between machines. */
const sorted = (groups: ReadonlyMap<string, string>): (readonly [string, string])[] =>
  [...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

const markOf = (name: string, text: string): string => digestOf(line(name, text)).charAt(0);

/** The version of an object's form, from the text of each of its groups. */
export const versionOfGroups = (groups: ReadonlyMap<string, string>): string => {
  const all = sorted(groups);
  const digest = digestOf(all.map(([name, text]) => line(name, text)).join(''));
  const marks = all.slice(0, maxMarks).map(([name, text]) => markOf(name, text));
  return `f.${digest.slice(0, formDigestLength)}.${marks.join('')}`;
};

const digitsOf = (text: string): string => {
  // 52 bits: as many as a number holds exactly.
  const bits = Number.parseInt(hash('sha256', text, 'hex').slice(0, 13), 16);
  return String(bits % 10 ** rowDigestLength).padStart(rowDigestLength, '0');
};

/** The version of a row of a list, from a text of its cells. */
export const versionOfRow = (text: string): string => `r.${digitsOf(text)}`;

const formVersion = new RegExp(`^f\\.([\\w-]{${formDigestLength}})\\.([\\w-]{0,${maxMarks}})$`);
const rowVersion = new RegExp(`^r\\.([\\w-]{${rowDigestLength}})$`);

/**
 * @param pointer JSON pointer of the argument that the text came in
 * @throws GatewayError `input`
 */
export const parseVersion = (text: string, pointer = '/version'): Version => {
  const [, formDigest, marks] = formVersion.exec(text) ?? [];
  if (formDigest !== undefined && marks !== undefined)
    return { kind: 'form', digest: formDigest, marks };
  const [, rowDigest] = rowVersion.exec(text) ?? [];
  if (rowDigest !== undefined) return { kind: 'row', digest: rowDigest };
  const message = 'is no version of this gateway';
  throw new GatewayError('input', `Invalid arguments: ${pointer} ${message}.`, {
    hint: 'Pass a version on as it came from retrieve, form_spec, list or an update, or leave it out.',
    details: { errors: [{ pointer, message }] },
  });
};

/**
 * Names of the groups that are not as they were: none where nothing changed, null where
 * something did that cannot be named (a field came or went, or its mark is the same by
 * chance, 1 in 64).
 */
export const changedGroups = (
  version: Extract<Version, { kind: 'form' }>,
  groups: ReadonlyMap<string, string>,
): readonly string[] | null => {
  const now = parseVersion(versionOfGroups(groups));
  if (now.digest === version.digest) return [];
  const marked = sorted(groups).slice(0, maxMarks);
  if (marked.length !== version.marks.length) return null;
  const names = marked
    .filter(([name, text], i) => markOf(name, text) !== version.marks.charAt(i))
    .map(([name]) => name);
  return names.length === 0 ? null : names;
};
