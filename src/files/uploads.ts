import { GatewayError } from '../operations/errors.ts';
import {
  brokenPromise,
  type FilePromise,
  type GivenFile,
  type RefusedFile,
} from '../operations/file-value.ts';
import type { Arrived } from './receive-bytes.ts';
import { brokenRule, type FileRules } from './rules.ts';
import { type ReadTicket, type TicketOwner, type Tickets, ticketSeconds } from './tickets.ts';
import type { UploadFolder } from './upload-folder.ts';

/** Leave to send one file. */
export interface Offer {
  /** What a call names the upload by; also the last part of the address to send it to. */
  readonly id: string;
  readonly maxBytes: number;
  /** In seconds. */
  readonly expiresIn: number;
}

/** A file that only one call has, until it is released. */
export interface ClaimedFile {
  readonly file: GivenFile;
  readonly release: () => Promise<void>;
  readonly spend: () => Promise<void>;
}

export interface Uploads {
  /** @param caller who asks, and alone may use what is sent */
  readonly offer: (
    announced: FilePromise & { readonly name: string; readonly mediaType: string },
    caller: TicketOwner,
  ) => Offer | RefusedFile;
  /**
   * Takes what is sent to the address of an offer.
   *
   * @throws GatewayError `missing` (no or an expired ticket), `too_large`, `conflict`, `input`
   */
  readonly receive: (
    id: string,
    body: AsyncIterable<Uint8Array>,
    announcedLength: number | undefined,
  ) => Promise<Arrived & { readonly name: string }>;
  readonly claim: (id: string, caller: TicketOwner) => Promise<ClaimedFile | RefusedFile>;
  /** The file, for a call that will not use it up. */
  readonly peek: (id: string, caller: TicketOwner) => Promise<GivenFile | RefusedFile>;
}

const reasons = {
  unknown: 'This is no upload of yours: take the id from the answer that offered it.',
  expired: 'This upload has expired; ask for another one.',
  absent: 'Nothing has been sent to this upload yet: PUT the file to its url first.',
  taken: 'This upload was used already, or another call is using it.',
} as const;

const refused = (reason: keyof typeof reasons): RefusedFile => ({ refused: reasons[reason] });

const goodTicket = (read: ReadTicket) => {
  if (read.kind === 'good') return read.ticket;
  throw new GatewayError(
    'missing',
    read.kind === 'expired'
      ? 'This upload address has expired.'
      : 'This is not an upload address of this gateway.',
    { hint: 'Ask for another one: repeat the call, or POST to /mcp/uploads/.' },
  );
};

/** Files that clients send beside their calls, because they are too large to go through a model. */
export const createUploads = (
  tickets: Tickets,
  folder: UploadFolder,
  rules: FileRules,
): Uploads => {
  const ticketOf = (id: string, caller: TicketOwner) => {
    const read = tickets.read(id);
    if (read.kind !== 'good') return refused(read.kind);
    return read.isOf(caller) ? read.ticket : refused('unknown');
  };
  return {
    offer: (announced, caller) => {
      const broken = brokenRule(rules, { ...announced, size: announced.size });
      if (broken !== undefined) return { refused: broken };
      const maxBytes = Math.min(rules.maxBytes, announced.size ?? rules.maxBytes);
      const id = tickets.write({ ...announced, maxBytes }, caller);
      return { id, maxBytes, expiresIn: ticketSeconds };
    },
    receive: async (id, body, announcedLength) => {
      const ticket = goodTicket(tickets.read(id));
      const { maxBytes, name } = ticket;
      if (announcedLength !== undefined && announcedLength > maxBytes)
        throw new GatewayError('too_large', `The file is larger than ${maxBytes} bytes.`);
      const arrived = await folder.put(id, body, maxBytes, (real) => {
        const broken = brokenPromise(ticket, real);
        if (broken !== undefined)
          throw new GatewayError('input', broken, { hint: 'Nothing was kept; send it again.' });
      });
      return { name, ...arrived };
    },
    claim: async (id, caller) => {
      const ticket = ticketOf(id, caller);
      if ('refused' in ticket) return ticket;
      const claim = await folder.claim(id);
      if (typeof claim === 'string') return refused(claim);
      const { bytes, release, spend } = claim;
      return { file: { name: ticket.name, mediaType: ticket.mediaType, bytes }, release, spend };
    },
    peek: async (id, caller) => {
      const ticket = ticketOf(id, caller);
      if ('refused' in ticket) return ticket;
      const bytes = await folder.peek(id);
      if (typeof bytes === 'string') return refused(bytes);
      return { name: ticket.name, mediaType: ticket.mediaType, bytes };
    },
  };
};
