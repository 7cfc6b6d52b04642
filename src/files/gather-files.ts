import { GatewayError } from '../operations/errors.ts';
import { parseFileObject, sha256Of } from '../operations/file-value.ts';
import { attachFile } from '../operations/given-files.ts';
import type { JsonObject } from '../operations/json.ts';
import { type FetchedFile, type FilePlace, fetchFile, sendFirst } from './fetch-file.ts';
import { type FoundFile, findFiles } from './find-files.ts';
import type { FileRules } from './rules.ts';
import type { TicketOwner } from './tickets.ts';
import type { Offer } from './uploads.ts';

/** Most files of one call; all of them are in memory at once. */
const maxFiles = 20;

/** An offer for a file of the call that is still to be sent. */
export interface FieldOffer {
  readonly field: string;
  readonly offer: Offer;
}

/** The files of one call, from the start of it to its end. */
export interface GatheredFiles {
  /** What was written, of the values that turned out to be files. */
  readonly written: () => JsonObject[];
  /** Where to send those that have no source yet. */
  readonly offers: () => FieldOffer[];
  /** Uploads are used up by a success, and left for another try by anything else. */
  readonly settle: (isDone: boolean) => Promise<void>;
}

export interface GatherOptions {
  readonly place: FilePlace;
  readonly rules: FileRules;
  readonly caller: TicketOwner;
}

interface Gathered extends FoundFile {
  readonly fetched: FetchedFile;
}

const offersOf = (
  { place, caller }: GatherOptions,
  gathered: readonly Gathered[],
): FieldOffer[] => {
  const uploads = place.kind === 'served' ? place.uploads : undefined;
  if (uploads === undefined) return [];
  return gathered.flatMap(({ field, file, fetched }) => {
    const source = parseFileObject(file);
    if ('refused' in source || source.kind !== 'announced') return [];
    if (!('refused' in fetched.file) || fetched.file.refused !== sendFirst) return [];
    const offer = uploads.offer(source, caller);
    return 'refused' in offer ? [] : [{ field, offer }];
  });
};

/**
 * Fetches the files of a call and attaches them to their values, for the upstream to take
 * where the form has a file field. Undefined for a call without any.
 *
 * @throws GatewayError `too_large` for too many
 */
export const gatherFiles = async (
  input: Readonly<Record<string, unknown>>,
  options: GatherOptions,
): Promise<GatheredFiles | undefined> => {
  const found = findFiles(input);
  if (found.length === 0) return undefined;
  if (found.length > maxFiles)
    throw new GatewayError('too_large', `A call takes at most ${maxFiles} files.`, {
      hint: 'Nothing was sent. Write them in several calls.',
    });
  const { place, rules, caller } = options;
  const call = { caller, isDryRun: input['dry_run'] === true };
  const gathered: Gathered[] = [];
  const settle: GatheredFiles['settle'] = async (isDone) => {
    // What was written stays written; the claim alone keeps an upload from being used again.
    for (const { fetched } of gathered)
      await (isDone ? fetched.spend?.() : fetched.release?.())?.catch(() => undefined);
  };
  const taken = new Set<Gathered>();
  try {
    for (const each of found) {
      const source = parseFileObject(each.file);
      const fetched =
        'refused' in source ? { file: source } : await fetchFile(place, rules, source, call);
      const entry = { ...each, fetched };
      gathered.push(entry);
      attachFile(each.file, () => {
        taken.add(entry);
        return fetched.file;
      });
    }
  } catch (error) {
    await settle(false);
    throw error;
  }
  return {
    written: () =>
      [...taken].flatMap(({ field, fetched: { file } }) =>
        'refused' in file
          ? []
          : [{ field, name: file.name, size: file.bytes.byteLength, sha256: sha256Of(file.bytes) }],
      ),
    offers: () => offersOf(options, [...taken]),
    settle,
  };
};
