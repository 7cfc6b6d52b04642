import type { OperationName } from '../../operations/catalogue.ts';
import { asGatewayError, type Reason } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import { jsonResponse, noStore, retryHeader } from '../errors.ts';

/** The contract's own codes for what it has a word for; ours for the rest. */
const codeOf: { readonly [Key in Reason]?: string } = {
  input: 'bad_request',
  missing: 'not_found',
};

/** Names are cleaned where files come in; only what would end the header is left out here. */
const attachment = (name: string): string =>
  `attachment; filename="${name.replace(/[^\x20-\x7e]|["\\]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`;

const etagOf = ({ version }: JsonObject): Record<string, string> =>
  typeof version === 'string' ? { etag: `"${version}"` } : {};

/**
 * An answer as the REST contract sends it: 204 without a body for a deletion, and 200 for a
 * bulk edit, whose `results` say what became of each row.
 */
export const restResponse = (operation: OperationName, answer: Answer): Response => {
  const { status, body, file } = answer;
  if (operation === 'destroy' && status === 200 && body['dry_run'] !== true)
    return new Response(null, { status: 204, headers: noStore });
  if (file !== undefined)
    return new Response(file.bytes as Uint8Array<ArrayBuffer>, {
      status,
      headers: {
        ...noStore,
        'content-type': file.mediaType,
        'content-disposition': attachment(file.name),
        'x-content-type-options': 'nosniff',
      },
    });
  const isBulk = operation === 'bulk_update' && Array.isArray(body['results']);
  return jsonResponse(body, isBulk ? 200 : status, etagOf(body));
};

/**
 * What could not be run, in the contract's envelope. As there, a request without a session is
 * a 403: `session_expired` where it brought one, so that a client can ask for a new login.
 */
export const restError = (thrown: unknown, hadSession: boolean): Response => {
  const error = asGatewayError(thrown);
  const { reason, status, message, hint, details } = error;
  const isAnonymous = reason === 'anonymous';
  const code = isAnonymous
    ? hadSession
      ? 'session_expired'
      : 'forbidden'
    : (codeOf[reason] ?? reason);
  const more = {
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined ? {} : { details }),
  };
  return jsonResponse(
    { error: { code, message, ...more } },
    isAnonymous ? 403 : status,
    retryHeader(error),
  );
};
