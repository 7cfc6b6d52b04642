import type { ServerContext } from '@modelcontextprotocol/server';
import type { Caller } from '../django/caller.ts';
import { traced, traceIn } from '../django/traced.ts';
import type { ClientInfo, Context } from '../operations/upstream.ts';
import { requestIdOf } from './client-info.ts';
import type { McpFace } from './face.ts';

/** Sends progress only where the client asked for it; a lost tick is nobody's error. */
const progressOf = (context: ServerContext) => {
  const progressToken = context.mcpReq._meta?.progressToken;
  if (progressToken === undefined) return undefined;
  return (progress: number, total?: number): void => {
    void context.mcpReq
      .notify({
        method: 'notifications/progress',
        params: { progressToken, progress, ...(total === undefined ? {} : { total }) },
      })
      .catch(() => undefined);
  };
};

const signalOf = (context: ServerContext): AbortSignal => {
  // Legacy HTTP has no cancel notification that reaches us: a closed connection is the cancel.
  const disconnect = context.http?.req?.signal;
  if (disconnect === undefined) return context.mcpReq.signal;
  return context.mcpReq.envelope === undefined
    ? disconnect
    : AbortSignal.any([context.mcpReq.signal, disconnect]);
};

/** What an operation runs with, from an MCP request of any method. */
export const operationContext = (
  face: McpFace,
  caller: Caller,
  context: ServerContext,
  client: ClientInfo | undefined,
  person?: Context['person'],
): Context => {
  const progress = progressOf(context);
  const url = context.http?.req?.url;
  const meta: Readonly<Record<string, unknown>> = context.mcpReq._meta ?? {};
  return {
    caller: traced(
      caller,
      traceIn((name) => meta[name]),
    ),
    signal: signalOf(context),
    requestId: requestIdOf(context),
    ...(client === undefined ? {} : { client }),
    ...(progress === undefined ? {} : { progress }),
    ...(face.narrowing === undefined ? {} : { narrowing: face.narrowing }),
    ...(person === undefined ? {} : { person }),
    ...(url === undefined ? {} : { reachedAt: new URL(url) }),
  };
};
