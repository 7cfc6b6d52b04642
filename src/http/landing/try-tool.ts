import type { McpFace } from '../../mcp/face.ts';
import { asGatewayError, GatewayError } from '../../operations/errors.ts';
import { isJsonObject, type JsonObject } from '../../operations/json.ts';
import { operationOfTool } from '../../operations/names.ts';
import { parseInput } from '../../operations/parse-input.ts';
import { isReadOnly } from '../../operations/read-only.ts';
import { type Context, runOperation } from '../../operations/upstream.ts';

/** What the page's form was sent with, and what came of it. */
export interface Tried {
  readonly tool: string;
  /** As typed. */
  readonly given: string;
  readonly status: number;
  /** The answer as JSON, for reading. */
  readonly text: string;
}

/** Longest answer shown, in characters. */
const maxShown = 100_000;

/** Whether a tool can be tried from a page: a link must never write. */
export const isTriable = (tool: string): boolean => {
  const operation = operationOfTool(tool);
  return operation !== undefined && isReadOnly(operation);
};

const argumentsIn = (text: string): JsonObject => {
  if (text.trim() === '') return {};
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw new GatewayError('input', 'The arguments are not valid JSON.');
  }
  if (isJsonObject(given)) return given;
  throw new GatewayError('input', 'The arguments must be a JSON object.');
};

const shown = (body: JsonObject): string => {
  const text = JSON.stringify(body, null, 2);
  return text.length > maxShown ? `${text.slice(0, maxShown)}\n… (cut)` : text;
};

/** Runs a read tool with the visitor's own session, for the page. */
export const tryTool = async (
  face: McpFace,
  context: Context,
  tool: string,
  given: string,
): Promise<Tried> => {
  try {
    const operation = operationOfTool(tool);
    if (operation === undefined || !isTriable(tool))
      throw new GatewayError('input', 'Only tools that read can be tried here.');
    const input = parseInput(operation, argumentsIn(given));
    const { status, body } = await runOperation(face.upstream, operation, input, context);
    return { tool, given, status, text: shown(body) };
  } catch (thrown) {
    const error = asGatewayError(thrown);
    return { tool, given, status: error.status, text: shown({ error: error.toJSON() }) };
  }
};
