import type { FilePlace } from '../files/fetch-file.ts';
import { sendFirst } from '../files/fetch-file.ts';
import { type FieldOffer, gatherFiles } from '../files/gather-files.ts';
import { keepDownload } from '../files/keep-download.ts';
import type { FileRules } from '../files/rules.ts';
import { GatewayError } from '../operations/errors.ts';
import { isJsonObject, type JsonObject } from '../operations/json.ts';
import type { Answer, Upstream } from '../operations/upstream.ts';
import { wrapEach } from './wrap.ts';

export interface FilesOptions {
  readonly place: FilePlace;
  readonly rules: FileRules;
}

/** What else the form said no to, beside the files that are still to be sent. */
const otherFields = (fields: unknown): JsonObject =>
  isJsonObject(fields)
    ? Object.fromEntries(
        Object.entries(fields).filter(
          ([, texts]) => !(Array.isArray(texts) && texts.includes(sendFirst)),
        ),
      )
    : {};

/** Where a client sends the bytes of an upload. */
const addressIn = (place: FilePlace, reachedAt: string | undefined) => (id: string) => {
  const path = place.kind === 'served' ? `${place.uploadsPath}${id}` : '';
  return reachedAt === undefined ? path : new URL(path, reachedAt).href;
};

const uploadRequired = (
  offers: readonly FieldOffer[],
  addressOf: (id: string) => string,
  fields: JsonObject,
): Answer => ({
  status: 428,
  body: {
    error: {
      code: 'upload_required',
      message: 'The files have to be sent first; nothing was written.',
      hint: 'Send the bytes of each file to its url (curl -T FILE URL), or ask the user to; then repeat the call with {"file": {"upload": id}}.',
      ...(Object.keys(fields).length === 0 ? {} : { fields }),
    },
    uploads: offers.map(({ field, offer }) => ({
      field,
      upload: {
        id: offer.id,
        url: addressOf(offer.id),
        method: 'PUT',
        max_bytes: offer.maxBytes,
        expires_in: offer.expiresIn,
      },
    })),
  },
});

const isDone = ({ status, body }: Answer): boolean =>
  status < 300 && body['dry_run'] !== true && body['executed'] !== false;

const fieldsOfRefusal = ({ body: { error } }: Answer): unknown =>
  isJsonObject(error) ? error['fields'] : undefined;

/**
 * Files in both directions. Those of a write are fetched from where the call says, checked,
 * and handed to the upstream; its answer tells what they were. Those that the admin sends are
 * measured, and put into the folder for them.
 */
export const withFiles = ({ place, rules }: FilesOptions, upstream: Upstream): Upstream => {
  const downloadDir = place.kind === 'local' ? place.downloadDir : null;
  return wrapEach(upstream, async ({ input, context }, next) => {
    const files = await gatherFiles(input, { place, rules, caller: context.caller });
    if (files === undefined) return keepDownload(await next(), downloadDir);
    const addressOf = addressIn(place, context.reachedAt);
    let done = false;
    try {
      const answer = await next();
      done = isDone(answer);
      const offers = answer.status === 400 ? files.offers() : [];
      if (offers.length > 0)
        return uploadRequired(offers, addressOf, otherFields(fieldsOfRefusal(answer)));
      const written = files.written();
      if (answer.status >= 300 || written.length === 0) return keepDownload(answer, downloadDir);
      return keepDownload({ ...answer, body: { ...answer.body, files: written } }, downloadDir);
    } catch (error) {
      const offers = files.offers();
      if (!(error instanceof GatewayError) || error.reason !== 'input' || offers.length === 0)
        throw error;
      return uploadRequired(offers, addressOf, otherFields(error.details?.['fields']));
    } finally {
      await files.settle(done);
    }
  });
};
