import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { OperationName } from '../operations/catalogue.ts';
import { asGatewayError, type GatewayError } from '../operations/errors.ts';
import { allToolNames, operationOfTool } from '../operations/names.ts';
import { didYouMean } from '../operations/nearest.ts';
import { parseInput } from '../operations/parse-input.ts';
import { type Answer, type Context, type Question, runOperation } from '../operations/upstream.ts';
import type { McpFace } from './face.ts';
import { servedOperation } from './listing.ts';
import { questionResult } from './person.ts';
import { resultOfAnswer, resultOfError } from './results.ts';

/** From this revision on a wrong argument is a tool result the model can see (SEP-1303). */
const inputErrorsAreResultsFrom = '2025-11-25';

const operationNamed = (face: McpFace, tool: string, context: Context): OperationName => {
  const served = servedOperation(face, tool);
  if (served !== undefined) return served;
  const operation = operationOfTool(tool);
  const known = allToolNames(face.toolNames);
  face.onRefused(operation ?? tool, operation === undefined ? 'missing' : 'forbidden', context);
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
 * @param version the revision that the client speaks; `undefined` for plain JSON-RPC
 * @param askNow asks the person in the middle of the call, where the revision has no other way
 * @throws ProtocolError -32602 for an unknown tool, and for wrong arguments where the
 *   revision wants them as protocol errors
 */
export const callTool = async (
  face: McpFace,
  params: { readonly name: string; readonly arguments?: unknown },
  context: Context,
  version: string | undefined,
  askNow?: (question: Question) => Promise<NonNullable<Context['person']>>,
): Promise<CallToolResult | InputRequiredResult> => {
  const operation = operationNamed(face, params.name, context);
  let answer: Answer;
  try {
    const input = parseInput(operation, params.arguments ?? {}, ({ reason }) =>
      face.onRefused(operation, reason, context),
    );
    answer = await runOperation(face.upstream, operation, input, {
      ...context,
      view: face.resultShape === 'seed' ? 'full' : 'compact',
    });
  } catch (thrown) {
    const error = asGatewayError(thrown);
    if (error.reason === 'input' && (version ?? '') < inputErrorsAreResultsFrom)
      throw invalidParams(error);
    return resultOfError(error);
  }
  const { question } = answer;
  if (question !== undefined && askNow === undefined) return questionResult(question);
  if (question !== undefined && askNow !== undefined)
    return callTool(face, params, { ...context, person: await askNow(question) }, version, askNow);
  return resultOfAnswer(answer, face.maxResultChars);
};

const invalidParams = (error: GatewayError): ProtocolError =>
  new ProtocolError(ProtocolErrorCode.InvalidParams, error.message, error.details ?? {});
