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

/** What a request says besides its method and its arguments, whoever has read it. */
export interface Circumstances
  extends Pick<Context, 'signal' | 'requestId' | 'client' | 'progress' | 'person'> {
  readonly meta: Readonly<Record<string, unknown>>;
  /** The URL that the client called; there over HTTP only. */
  readonly url: string | undefined;
}

/** What an operation runs with. */
export const contextOf = (
  { narrowing }: McpFace,
  caller: Caller,
  { meta, url, ...others }: Circumstances,
): Context => ({
  ...others,
  caller: traced(
    caller,
    traceIn((name) => meta[name]),
  ),
  ...(narrowing === undefined ? {} : { narrowing }),
  ...(url === undefined ? {} : { reachedAt: url }),
});

/** The same for a request that the SDK has read. */
export const operationContext = (
  face: McpFace,
  caller: Caller,
  context: ServerContext,
  client: ClientInfo | undefined,
  person?: Context['person'],
): Context => {
  const progress = progressOf(context);
  return contextOf(face, caller, {
    meta: context.mcpReq._meta ?? {},
    url: context.http?.req?.url,
    signal: signalOf(context),
    requestId: requestIdOf(context),
    ...(client === undefined ? {} : { client }),
    ...(progress === undefined ? {} : { progress }),
    ...(person === undefined ? {} : { person }),
  });
};
