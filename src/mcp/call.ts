import type {
  CallToolResult,
  InputRequiredResult,
  ServerContext,
} from '@modelcontextprotocol/server';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { Caller } from '../django/caller.ts';
import type { OperationName } from '../operations/catalogue.ts';
import { asGatewayError, type GatewayError } from '../operations/errors.ts';
import { allToolNames, operationOfTool } from '../operations/names.ts';
import { didYouMean } from '../operations/nearest.ts';
import { parseInput } from '../operations/parse-input.ts';
import {
  type Answer,
  type ClientInfo,
  type Context,
  runOperation,
} from '../operations/upstream.ts';
import { operationContext } from './context.ts';
import type { McpFace } from './face.ts';
import { questionResult } from './person.ts';
import { resultOfAnswer, resultOfError } from './results.ts';

/** From this revision on a wrong argument is a tool result the model can see (SEP-1303). */
const inputErrorsAreResultsFrom = '2025-11-25';

/** Who asks, and in which revision. */
export interface Asking {
  /** The revision that the client speaks; `undefined` for plain JSON-RPC. */
  readonly version: string | undefined;
  /** There where the client can ask somebody. */
  readonly person: Context['person'];
  readonly client: ClientInfo | undefined;
}

const operationNamed = (
  face: McpFace,
  tool: string,
  client: ClientInfo | undefined,
): OperationName => {
  const operation = operationOfTool(tool);
  if (operation !== undefined && !face.disabled.has(operation)) return operation;
  const known = allToolNames(face.toolNames);
  face.onRefused(operation ?? tool, operation === undefined ? 'missing' : 'forbidden', client);
  throw new ProtocolError(
    ProtocolErrorCode.InvalidParams,
    operation === undefined
      ? `Unknown tool "${tool}". ${didYouMean(tool, known)}`
      : `The tool "${tool}" is disabled by the operator of this gateway.`,
    { tool },
  );
};

/**
 * Runs one `tools/call`.
 *
 * @throws ProtocolError -32602 for an unknown tool, and for wrong arguments where the
 *   revision wants them as protocol errors
 */
export const callTool = async (
  face: McpFace,
  caller: Caller,
  params: { readonly name: string; readonly arguments?: unknown },
  context: ServerContext,
  { version, person, client }: Asking,
): Promise<CallToolResult | InputRequiredResult> => {
  const operation = operationNamed(face, params.name, client);
  let answer: Answer;
  try {
    const input = parseInput(operation, params.arguments ?? {}, ({ reason }) =>
      face.onRefused(operation, reason, client),
    );
    answer = await runOperation(face.upstream, operation, input, {
      ...operationContext(face, caller, context, client, person),
      view: face.resultShape === 'seed' ? 'full' : 'compact',
    });
  } catch (thrown) {
    const error = asGatewayError(thrown);
    if (error.reason === 'input' && (version ?? '') < inputErrorsAreResultsFrom)
      throw invalidParams(error);
    return resultOfError(error);
  }
  if (answer.question !== undefined) return questionResult(answer.question);
  return resultOfAnswer(answer, face.maxResultChars);
};

const invalidParams = (error: GatewayError): ProtocolError =>
  new ProtocolError(ProtocolErrorCode.InvalidParams, error.message, error.details ?? {});
