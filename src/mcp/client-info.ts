import {
  CLIENT_INFO_META_KEY,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { ClientInfo } from '../operations/upstream.ts';

const named = (value: unknown): ClientInfo | undefined => {
  if (typeof value !== 'object' || value === null || !('name' in value)) return undefined;
  const { name } = value;
  const version = 'version' in value ? value.version : undefined;
  if (typeof name !== 'string') return undefined;
  return { name, ...(typeof version === 'string' ? { version } : {}) };
};

/**
 * The client as it names itself: in each request since 2026-07-28, when it connected before
 * that. Over HTTP the older revisions say it to a server that is gone by then; what is left is
 * the `User-Agent`.
 */
export const clientOf = (server: Server, context: ServerContext): ClientInfo | undefined => {
  const envelope: Readonly<Record<string, unknown>> = context.mcpReq.envelope ?? {};
  const agent = context.http?.req?.headers.get('user-agent');
  return (
    named(envelope[CLIENT_INFO_META_KEY]) ??
    named(server.getClientVersion()) ??
    (agent == null ? undefined : { name: agent })
  );
};

/** The client's own name for a request: what a proxy gave it, or else its JSON-RPC id. */
export const requestIdOf = (context: ServerContext): string =>
  context.http?.req?.headers.get('x-request-id') ?? String(context.mcpReq.id);
