import {
  isJsonContentType,
  type JSONRPCMessage,
  type JSONRPCRequest,
  type MessageExtraInfo,
  type Server,
  type Transport,
} from '@modelcontextprotocol/server';

const keys: ReadonlySet<string> = new Set(['jsonrpc', 'id', 'method', 'params']);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wantsProgress = (params: Readonly<Record<string, unknown>>): boolean => {
  const { _meta: meta } = params;
  return meta !== undefined && (!isObject(meta) || 'progressToken' in meta);
};

/**
 * Whether a message of the 2025 revisions is one request with one answer: no batch, no
 * handshake, no notification, and nothing to tell in between.
 */
const isOneRequest = (message: unknown): message is JSONRPCRequest => {
  if (!isObject(message) || message['jsonrpc'] !== '2.0') return false;
  const { id, method, params } = message;
  if (typeof id !== 'string' && !Number.isInteger(id)) return false;
  if (method !== 'tools/call' && method !== 'tools/list') return false;
  if (params !== undefined && (!isObject(params) || wantsProgress(params))) return false;
  return Object.keys(message).every((key) => keys.has(key));
};

/**
 * The request in an HTTP message that needs nothing of the SDK's HTTP transport: most calls are
 * such, and that transport costs seven times as much CPU as the server behind it (SDK 2.4).
 * Undefined where the transport has to judge the message, or its headers.
 */
export const oneRequestIn = (
  body: unknown,
  headers: Headers,
  versions: readonly string[],
): JSONRPCRequest | undefined => {
  const type = headers.get('content-type');
  if (type !== null && !isJsonContentType(type)) return undefined;
  const version = headers.get('mcp-protocol-version');
  if (version !== null && !versions.includes(version)) return undefined;
  return isOneRequest(body) ? body : undefined;
};

/** Hands one request to a server of its own and waits for its answer. */
export const exchangeOne = async (
  server: Server,
  request: JSONRPCRequest,
  extra: MessageExtraInfo,
): Promise<JSONRPCMessage> => {
  const { promise, transport } = answering();
  await server.connect(transport);
  transport.onmessage?.(request, extra);
  return promise;
};

const answering = () => {
  const transport: Transport = {
    start: async () => undefined,
    close: async () => undefined,
    send: async () => undefined,
  };
  const promise = new Promise<JSONRPCMessage>((resolve) => {
    transport.send = async (message) => {
      if ('result' in message || 'error' in message) resolve(message);
    };
  });
  return { promise, transport };
};
