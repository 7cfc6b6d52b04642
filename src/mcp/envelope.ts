import type { ClientInfo } from '../operations/upstream.ts';

/** The revision in which each request says for itself who asks, and in which words. */
export const modernVersion = '2026-07-28';

/** Keys of `_meta` in that revision, as the SDK exports them too; named here to do without it. */
export const metaKeys = {
  version: 'io.modelcontextprotocol/protocolVersion',
  capabilities: 'io.modelcontextprotocol/clientCapabilities',
  client: 'io.modelcontextprotocol/clientInfo',
  logLevel: 'io.modelcontextprotocol/logLevel',
  server: 'io.modelcontextprotocol/serverInfo',
} as const;

export type Entries = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether an object has no entries but these. */
export const hasOnly = (object: Entries, keys: readonly string[]): boolean => {
  for (const key in object) if (!keys.includes(key)) return false;
  return true;
};

const messageKeys = ['jsonrpc', 'id', 'method', 'params'];

/** A request with nothing odd about it. */
export interface PlainRequest {
  readonly id: string | number;
  readonly method: string;
  readonly params: Entries;
  readonly meta: Entries;
}

/** Undefined for whatever the SDK had better judge. */
export const plainRequestIn = (message: unknown): PlainRequest | undefined => {
  if (!isObject(message) || message['jsonrpc'] !== '2.0' || !hasOnly(message, messageKeys))
    return undefined;
  const { id, method, params = {} } = message;
  if (typeof id !== 'string' && !Number.isInteger(id)) return undefined;
  if (typeof method !== 'string' || !isObject(params)) return undefined;
  const { _meta: meta = {} } = params;
  return isObject(meta) ? { id: id as string | number, method, params, meta } : undefined;
};

const isClient = (value: unknown): value is ClientInfo =>
  isObject(value) && typeof value['name'] === 'string' && typeof value['version'] === 'string';

/** `_meta` of a revision that knows no envelope, of a request with one answer. */
export const isPlainMeta = (meta: Entries): boolean => {
  for (const key in meta)
    if (key === 'progressToken' || key.startsWith('io.modelcontextprotocol/')) return false;
  return true;
};

/** Who asks, as a request since 2026-07-28 says it. */
export interface Envelope {
  readonly capabilities: Entries;
  readonly client: ClientInfo | undefined;
}

/** The envelope of a request with one answer; undefined where it is not one of that revision. */
export const envelopeIn = (meta: Entries): Envelope | undefined => {
  const capabilities = meta[metaKeys.capabilities];
  const client = meta[metaKeys.client];
  if (meta[metaKeys.version] !== modernVersion || !isObject(capabilities)) return undefined;
  if (!Object.values(capabilities).every(isObject)) return undefined;
  if ('progressToken' in meta || meta[metaKeys.logLevel] !== undefined) return undefined;
  if (client !== undefined && !isClient(client)) return undefined;
  return { capabilities, client };
};
