import { isJsonContentType } from '@modelcontextprotocol/server';
import type { OperationName } from '../operations/catalogue.ts';
import { isReadOnly } from '../operations/read-only.ts';
import type { ClientInfo } from '../operations/upstream.ts';
import {
  type Entries,
  type Envelope,
  envelopeIn,
  hasOnly,
  isObject,
  isPlainMeta,
  modernVersion,
  plainRequestIn,
} from './envelope.ts';
import { type Listing, servedOperation } from './listing.ts';

/**
 * A `tools/call` that is one message with one answer. Most calls are such, and need nothing of
 * the SDK but its words: what it does for every request (a server, its handlers, three passes
 * of zod, an abort controller) costs as much CPU as the call itself (SDK 2.4).
 */
export interface DirectCall {
  readonly id: string | number;
  readonly params: { readonly name: string; readonly arguments?: unknown };
  readonly meta: Entries;
  /** The revision that the client speaks; `undefined` for plain JSON-RPC. */
  readonly version: string | undefined;
  readonly isModern: boolean;
  readonly client: ClientInfo | undefined;
}

const paramKeys = ['name', 'arguments', '_meta'];

/** A request to call a tool that is there, and nothing beside it. */
const callIn = (listing: Listing, message: unknown) => {
  const request = plainRequestIn(message);
  if (request?.method !== 'tools/call' || !hasOnly(request.params, paramKeys)) return undefined;
  const { id, meta, params } = request;
  const { name, arguments: given } = params;
  if (typeof name !== 'string' || (given !== undefined && !isObject(given))) return undefined;
  const operation = servedOperation(listing, name);
  return operation && { id, operation, params: { name, arguments: given }, meta };
};

/** Whether the call may come to a question that only the SDK's rounds can ask. */
const mayAsk = (operation: OperationName, { capabilities }: Envelope): boolean =>
  !isReadOnly(operation) && capabilities['elicitation'] !== undefined;

const isJson = (type: string | null): boolean => type !== null && isJsonContentType(type);

/**
 * The call in an HTTP message, where nothing about it needs the SDK: its transport and server
 * judge whatever is odd, so that what they say of it is said in one way only.
 */
export const directCallIn = (
  listing: Listing,
  body: unknown,
  headers: Headers,
): DirectCall | undefined => {
  const call = listing.resultShape === 'seed' ? undefined : callIn(listing, body);
  if (call === undefined) return undefined;
  const { operation, ...asked } = call;
  const { meta, params } = asked;
  const version = headers.get('mcp-protocol-version') ?? undefined;
  if (version !== undefined && !listing.versions.includes(version)) return undefined;
  const type = headers.get('content-type');
  const agent = headers.get('user-agent');
  const named = agent === null ? undefined : { name: agent };
  if (version !== modernVersion)
    return (type === null || isJson(type)) && isPlainMeta(meta)
      ? { ...asked, version, isModern: false, client: named }
      : undefined;
  const envelope = envelopeIn(meta);
  if (envelope === undefined || !isJson(type) || mayAsk(operation, envelope)) return undefined;
  if (headers.get('mcp-method') !== 'tools/call' || headers.get('mcp-name') !== params.name)
    return undefined;
  return { ...asked, version, isModern: true, client: envelope.client ?? named };
};
