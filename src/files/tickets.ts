import type { Caller } from '../django/caller.ts';
import type { FilePromise } from '../operations/file-value.ts';
import { createSigner, deriveKey, type SigningKey } from '../signing.ts';

/** How long an upload may be sent and then used, in seconds: a person may have to do it by hand. */
export const ticketSeconds = 1800;

/** What a ticket lets somebody do: send one file, which one caller may use. */
export interface Ticket extends FilePromise {
  readonly name: string;
  readonly mediaType: string;
  readonly maxBytes: number;
}

/** Who asks: a session of one site. */
export type TicketOwner = Pick<Caller, 'site' | 'fingerprint'>;

/** A ticket that was read back: good, or why it is not. */
export type ReadTicket =
  | {
      readonly kind: 'good';
      readonly ticket: Ticket;
      readonly isOf: (caller: TicketOwner) => boolean;
    }
  | { readonly kind: 'expired' | 'unknown' };

export interface Tickets {
  /** @param caller who alone may use what is sent */
  readonly write: (ticket: Ticket, caller: TicketOwner) => string;
  readonly read: (text: string) => ReadTicket;
}

const hidden = (text: string): string => Buffer.from(text, 'utf8').toString('base64url');
const shown = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');

/** Upload tickets: all that is known of an upload travels in them, so that replicas need no memory. */
export const createTickets = (key: SigningKey, now: () => number = Date.now): Tickets => {
  const signer = createSigner(key, 'upload', now);
  const callerKey = deriveKey(key, 'upload/caller');
  const ownerOf = (caller: TicketOwner) =>
    signer.digest(`${caller.site.adminUrl.href} ${caller.fingerprint(callerKey)}`);
  return {
    write: ({ name, mediaType, maxBytes, size, sha256 }, caller) =>
      signer.sign(
        [
          hidden(name),
          hidden(mediaType),
          String(maxBytes),
          ownerOf(caller),
          size === undefined ? '' : String(size),
          sha256 ?? '',
        ],
        ticketSeconds,
      ),
    read: (text) => {
      const opened = signer.open(text);
      if (opened.kind !== 'good') return { kind: opened.kind };
      const [name = '', mediaType = '', maxBytes = '', owner = '', size = '', sha256 = ''] =
        opened.parts;
      return {
        kind: 'good',
        ticket: {
          name: shown(name),
          mediaType: shown(mediaType),
          maxBytes: Number(maxBytes),
          size: size === '' ? undefined : Number(size),
          sha256: sha256 === '' ? undefined : sha256,
        },
        isOf: (caller) => ownerOf(caller) === owner,
      };
    },
  };
};
