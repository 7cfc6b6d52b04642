import { GatewayError, type Reason } from '../operations/errors.ts';
import type { ExchangeFailure } from './exchange.ts';
import type { DjangoRequest } from './messages.ts';
import type { Site } from './site.ts';
import { faultOf, siteInWords } from './transport-error.ts';

const outcomeHint =
  'Look at the object, or its history, before doing it again: it may have been done already.';

const mebibytes = (bytes: number): string => `${Math.round((bytes / 1024 / 1024) * 10) / 10} MiB`;

const sentence = (text: string): string => `${text}.`;

interface Telling {
  readonly reason: Reason;
  readonly what: string;
  readonly hint: string;
}

const tellingOf = (failure: ExchangeFailure, site: Site, maxBytes: number): Telling => {
  switch (failure.kind) {
    case 'cancelled':
      return { reason: 'cancelled', what: 'was no longer waited for', hint: 'Nobody waits.' };
    case 'timeout':
      return {
        reason: 'timeout',
        what: `did not answer within ${site.timeoutMs / 1000} s`,
        hint: 'Ask for less, or raise the time limit.',
      };
    case 'too_large':
      return {
        reason: 'too_large',
        what: `sent more than the ${mebibytes(maxBytes)} that are read`,
        hint: 'Ask for less, or raise the page limit.',
      };
    case 'transport':
      return { reason: 'upstream', ...faultOf(failure.cause) };
  }
};

/**
 * What a failed exchange means to a caller. Once a request that may change something was
 * being sent, a failure of the wire leaves its outcome unknown; before that it is safe.
 */
export const asCallError = (
  failure: ExchangeFailure,
  request: DjangoRequest,
  site: Site,
  maxBytes: number,
): GatewayError => {
  const { reason, what, hint } = tellingOf(failure, site, maxBytes);
  const who = siteInWords(site);
  const uncertain = request.method !== 'GET' && failure.sent;
  const more = {
    cause: failure.cause,
    ...(failure.status === undefined ? {} : { details: { status: failure.status } }),
  };
  if (!uncertain || reason === 'cancelled' || reason === 'too_large')
    return new GatewayError(
      reason,
      sentence(uncertain ? `${who} ${what}, after the request was sent` : `${who} ${what}`),
      { hint: uncertain ? outcomeHint : hint, ...more },
    );
  return new GatewayError(
    'unknown_outcome',
    sentence(`${who} ${what}, after the request was sent`),
    { hint: outcomeHint, ...more },
  );
};
