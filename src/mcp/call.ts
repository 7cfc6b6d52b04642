import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Caller } from '../django/caller.ts';
import type { OperationName } from '../operations/catalogue.ts';
import { asGatewayError, type GatewayError } from '../operations/errors.ts';
import { allToolNames, operationOfTool } from '../operations/names.ts';
import { didYouMean } from '../operations/nearest.ts';
import { parseInput } from '../operations/parse-input.ts';
import { runOperation } from '../operations/upstream.ts';
import type { CallRecord, McpFace } from './face.ts';
import { resultOfAnswer, resultOfError } from './results.ts';

/** From this revision on a wrong argument is a tool result the model can see (SEP-1303). */
const inputErrorsAreResultsFrom = '2025-11-25';

const operationNamed = (face: McpFace, tool: string): OperationName => {
  const operation = operationOfTool(tool);
  if (operation !== undefined && !face.disabled.has(operation)) return operation;
  const known = allToolNames(face.toolNames);
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    operation === undefined
      ? `Unknown tool "${tool}". ${didYouMean(tool, known)}`
      : `The tool "${tool}" is disabled by the operator of this gateway.`,
    { tool },
  );
};

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
  return disconnect === undefined
    ? context.mcpReq.signal
    : AbortSignal.any([context.mcpReq.signal, disconnect]);
};

const recordOf = (tool: string, started: number, status: number): CallRecord => ({
  tool,
  status,
  isError: status >= 400,
  milliseconds: Math.round(performance.now() - started),
});

/**
 * Runs one `tools/call`.
 *
 * @param version the revision the client speaks; `undefined` for plain JSON-RPC
 * @throws ProtocolError -32602 for an unknown tool, and for wrong arguments where the
 *   revision wants them as protocol errors
 */
export const callTool = async (
  face: McpFace,
  caller: Caller,
  params: { readonly name: string; readonly arguments?: unknown },
  context: ServerContext,
  version: string | undefined,
): Promise<CallToolResult> => {
  const operation = operationNamed(face, params.name);
  const started = performance.now();
  try {
    const input = parseInput(operation, params.arguments ?? {});
    const progress = progressOf(context);
    const answer = await runOperation(face.upstream, operation, input, {
      caller,
      signal: signalOf(context),
      ...(progress === undefined ? {} : { progress }),
    });
    face.onCall(recordOf(params.name, started, answer.status));
    return resultOfAnswer(answer, face.maxResultChars);
  } catch (thrown) {
    const error = asGatewayError(thrown);
    face.onCall({
      ...recordOf(params.name, started, error.status),
      reason: error.reason,
      ...(error.cause === undefined ? {} : { cause: error.cause }),
    });
    if (error.reason === 'input' && (version ?? '') < inputErrorsAreResultsFrom)
      throw invalidParams(error);
    return resultOfError(error);
  }
};

const invalidParams = (error: GatewayError): ProtocolError =>
  new ProtocolError(ProtocolErrorCode.InvalidParams, error.message, error.details ?? {});
