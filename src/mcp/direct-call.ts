import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  isJsonContentType,
  LOG_LEVEL_META_KEY,
  PROTOCOL_VERSION_META_KEY,
} from '@modelcontextprotocol/server';
import type { OperationName } from '../operations/catalogue.ts';
import { isReadOnly } from '../operations/read-only.ts';
import type { ClientInfo } from '../operations/upstream.ts';
import { type McpFace, servedOperation } from './face.ts';

type Entries = Readonly<Record<string, unknown>>;

/** The revision in which each request says for itself who asks, and in which words. */
const modernVersion = '2026-07-28';

/**
 * A `tools/call` that is one message with one answer. Most calls are such, and need nothing of
 * the SDK but its words: what it does for every request (a server, its handlers, three passes
 * of zod, an abort controller) costs five times as much CPU as the call itself (SDK 2.4).
 */
export interface DirectCall {
  readonly id: string | number;
  readonly operation: OperationName;
  readonly params: { readonly name: string; readonly arguments?: unknown };
  readonly meta: Entries;
  /** The revision that the client speaks; `undefined` for plain JSON-RPC. */
  readonly version: string | undefined;
  readonly isModern: boolean;
  readonly client: ClientInfo | undefined;
}

const isObject = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasOnly = (object: Entries, keys: readonly string[]): boolean => {
  for (const key in object) if (!keys.includes(key)) return false;
  return true;
};

const messageKeys = ['jsonrpc', 'id', 'method', 'params'];
const paramKeys = ['name', 'arguments', '_meta'];

/** A request to call a tool, and nothing beside it. */
const callIn = (message: unknown) => {
  if (!isObject(message) || message['jsonrpc'] !== '2.0' || message['method'] !== 'tools/call')
    return undefined;
  const { id, params } = message;
  if (typeof id !== 'string' && !Number.isInteger(id)) return undefined;
  if (!isObject(params) || !hasOnly(message, messageKeys) || !hasOnly(params, paramKeys))
    return undefined;
  const { name, arguments: given, _meta: meta = {} } = params;
  if (typeof name !== 'string' || !isObject(meta)) return undefined;
  if (given !== undefined && !isObject(given)) return undefined;
  return { id: id as string | number, params: { name, arguments: given }, meta };
};

const isClient = (value: unknown): value is ClientInfo =>
  isObject(value) && typeof value['name'] === 'string' && typeof value['version'] === 'string';

/** The envelope of a request since 2026-07-28, where it and the headers say the same. */
const isWellSaid = (meta: Entries, name: string, headers: Headers): boolean =>
  meta[PROTOCOL_VERSION_META_KEY] === modernVersion &&
  isObject(meta[CLIENT_CAPABILITIES_META_KEY]) &&
  Object.values(meta[CLIENT_CAPABILITIES_META_KEY]).every(isObject) &&
  meta[LOG_LEVEL_META_KEY] === undefined &&
  (meta[CLIENT_INFO_META_KEY] === undefined || isClient(meta[CLIENT_INFO_META_KEY])) &&
  headers.get('mcp-method') === 'tools/call' &&
  headers.get('mcp-name') === name;

/** What the 2025 revisions never say, and what needs more than one answer. */
const isPlain = (meta: Entries): boolean => {
  for (const key in meta)
    if (key === 'progressToken' || key.startsWith('io.modelcontextprotocol/')) return false;
  return true;
};

/** Whether the call may come to a question that only the SDK's rounds can ask. */
const mayAsk = (meta: Entries, operation: OperationName): boolean =>
  !isReadOnly(operation) &&
  (meta[CLIENT_CAPABILITIES_META_KEY] as Entries)['elicitation'] !== undefined;

/**
 * The call in an HTTP message, where nothing about it needs the SDK: its transport and server
 * judge whatever is odd, so that what they say of it is said in one way only.
 */
export const directCallIn = (
  face: McpFace,
  body: unknown,
  headers: Headers,
): DirectCall | undefined => {
  if (face.resultShape === 'seed') return undefined;
  const call = callIn(body);
  const operation = call && servedOperation(face, call.params.name);
  if (call === undefined || operation === undefined) return undefined;
  const version = headers.get('mcp-protocol-version') ?? undefined;
  if (version !== undefined && !face.versions.includes(version)) return undefined;
  const type = headers.get('content-type');
  const { meta, params } = call;
  const agent = headers.get('user-agent');
  if (version !== modernVersion) {
    if ((type !== null && !isJsonContentType(type)) || !isPlain(meta)) return undefined;
    const client = agent === null ? undefined : { name: agent };
    return { ...call, operation, version, isModern: false, client };
  }
  if (type === null || !isJsonContentType(type) || 'progressToken' in meta) return undefined;
  if (!isWellSaid(meta, params.name, headers) || mayAsk(meta, operation)) return undefined;
  const client =
    (meta[CLIENT_INFO_META_KEY] as ClientInfo | undefined) ??
    (agent === null ? undefined : { name: agent });
  return { ...call, operation, version, isModern: true, client };
};
