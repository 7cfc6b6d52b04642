import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server';
import { asGatewayError } from '../operations/errors.ts';
import { isJsonObject } from '../operations/json.ts';
import type { Answer } from '../operations/upstream.ts';
import { contentOfFile } from './file-content.ts';
import { fitted } from './fit.ts';

/** Where a result carries the admin's HTTP status: `_meta["django-admin-mcp-api/status"]`. */
export const statusKey = 'django-admin-mcp-api/status';

const textBlock = (text: string) => ({ type: 'text' as const, text });

/** The body with what there is to say of a file that came with it, and the blocks beside it. */
const withFile = ({ body, file }: Answer, maxChars: number) => {
  if (file === undefined) return { body, blocks: [] };
  const known = isJsonObject(body['file']) ? body['file'] : {};
  const { facts, blocks } = contentOfFile(file, maxChars - JSON.stringify(body).length);
  return { body: { ...body, file: { ...known, ...facts } }, blocks };
};

/**
 * An answer as a tool result. Success carries the body twice, as `structuredContent` and as
 * the same JSON in text, since clients show a model either one; the bytes of a file follow as
 * an embedded resource. A refusal carries its facts
 * in the text alone: clients drop structured content on errors, and SDK 1.x would check it
 * against the output schema.
 */
export const resultOfAnswer = (answer: Answer, maxChars: number): CallToolResult => {
  const _meta = { [statusKey]: answer.status };
  if (answer.status >= 400)
    return {
      content: [textBlock(fitted({ status: answer.status, ...answer.body }, maxChars).text)],
      isError: true,
      _meta,
    };
  const whole = withFile(answer, maxChars);
  const { body, text } = fitted(whole.body, maxChars);
  const content = [textBlock(text), ...whole.blocks];
  return { content, structuredContent: body, isError: false, _meta };
};

/**
 * The JSON of a result of ours. Its structured content stands in its first text already, and
 * making JSON of a long list takes as long as all of its checks.
 */
export const resultJson = (result: CallToolResult | InputRequiredResult): string => {
  const { structuredContent, ...others } = result as CallToolResult;
  const [first] = others.content ?? [];
  if (structuredContent === undefined || first?.type !== 'text') return JSON.stringify(result);
  return `${JSON.stringify(others).slice(0, -1)},"structuredContent":${first.text}}`;
};

/** What could not be run, as a tool result that tells the agent why and what to do. */
export const resultOfError = (thrown: unknown): CallToolResult => {
  const error = asGatewayError(thrown);
  return {
    content: [textBlock(JSON.stringify({ status: error.status, error: error.toJSON() }))],
    isError: true,
    _meta: { [statusKey]: error.status },
  };
};
