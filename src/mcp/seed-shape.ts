import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import { statusKey } from './results.ts';

interface ToolResult {
  readonly content: readonly {
    readonly text?: string;
    readonly resource?: { readonly blob?: string };
  }[];
  readonly structuredContent?: unknown;
  readonly isError?: boolean;
  readonly _meta: Readonly<Record<string, unknown>>;
}

const isToolResult = (result: unknown): result is ToolResult =>
  typeof result === 'object' &&
  result !== null &&
  statusKey in ((result as { _meta?: object })._meta ?? {});

/**
 * A message with its tool result as the Python package shaped it:
 * `{content: [{type: "json", json}], isError, status}`. No MCP revision knows that block and
 * official clients reject it; only `RESULT_SHAPE=seed` asks for it.
 */
export const toSeedShape = (message: JSONRPCMessage): JSONRPCMessage => {
  if (!('result' in message) || !isToolResult(message.result)) return message;
  const { content, structuredContent, isError, _meta } = message.result;
  const json = structuredContent ?? JSON.parse(content[0]?.text ?? 'null');
  const blob = content.find(({ resource }) => resource !== undefined)?.resource?.blob;
  return {
    ...message,
    result: {
      content: [{ type: 'json', json: blob === undefined ? json : { ...json, base64: blob } }],
      isError: isError === true,
      status: _meta[statusKey],
    },
  } as JSONRPCMessage;
};

/** A transport that sends every tool result in the seed's shape. */
export const seedShaped = (transport: Transport): Transport => {
  const send = transport.send.bind(transport);
  transport.send = (message, options) => send(toSeedShape(message), options);
  return transport;
};
