import type { Caller } from '../../src/django/caller.ts';
import { createFace, type McpFace } from '../../src/mcp/face.ts';
import { operationNames } from '../../src/operations/facts.ts';
import type { Answer, Context, Upstream } from '../../src/operations/upstream.ts';

/** A third upstream, as DISPATCHER_FACTORY takes it: it answers with what it was asked. */
export const echoUpstream = (
  answer: (name: string, input: unknown, context: Context) => Answer | Promise<Answer> = (
    name,
    input,
  ) => ({ status: 200, body: { operation: name, input: input as never } }),
): Upstream =>
  Object.fromEntries(
    operationNames.map((name) => [
      name,
      async (input: unknown, context: Context) => answer(name, input, context),
    ]),
  ) as unknown as Upstream;

export const faceWith = (more: Partial<McpFace> = {}): McpFace =>
  createFace({
    upstream: echoUpstream(),
    disabled: new Set(),
    readOnly: false,
    toolNames: 'snake',
    serverName: 'django-admin',
    serverVersion: '1.2.3',
    protocolVersion: null,
    resultShape: 'mcp',
    maxResultChars: 40_000,
    questionTimeoutMs: 60_000,
    onRefused: () => undefined,
    ...more,
  });

/** A caller for upstreams that never talk to Django. */
export const nobody = {
  fingerprint: () => 'nobody',
  hasSession: async () => true,
} as unknown as Caller;
