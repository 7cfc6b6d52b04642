import type { CallToolResult } from '@modelcontextprotocol/server';
import { asGatewayError } from '../operations/errors.ts';
import type { JsonObject } from '../operations/json.ts';
import type { Answer } from '../operations/upstream.ts';
import { fitBody } from './fit.ts';

/** Where a result carries the admin's HTTP status: `_meta["django-admin-mcp-api/status"]`. */
export const statusKey = 'django-admin-mcp-api/status';

const textBlock = (body: JsonObject) => ({ type: 'text' as const, text: JSON.stringify(body) });

/** Files up to this many bytes are put into the result; larger ones need the admin itself. */
const maxInlineFileBytes = 256 * 1024;

const isText = (mediaType: string): boolean =>
  /^text\/|json|csv|xml|javascript/i.test(mediaType.split(';')[0] ?? '');

const fileFacts = (file: NonNullable<Answer['file']>): JsonObject => {
  const facts: JsonObject = {
    name: file.name,
    media_type: file.mediaType,
    size: file.bytes.length,
  };
  if (file.bytes.length > maxInlineFileBytes)
    return { ...facts, note: 'Too large for a tool result; download it in the admin.' };
  const content = Buffer.from(file.bytes);
  return isText(file.mediaType)
    ? { ...facts, text: content.toString('utf8') }
    : { ...facts, base64: content.toString('base64') };
};

/**
 * An answer as a tool result. Success carries the body twice, as `structuredContent` and as
 * the same JSON in text, since clients show a model either one. A refusal carries its facts
 * in the text alone: clients drop structured content on errors, and SDK 1.x would check it
 * against the output schema.
 */
export const resultOfAnswer = (answer: Answer, maxChars: number): CallToolResult => {
  const _meta = { [statusKey]: answer.status };
  if (answer.status >= 400)
    return {
      content: [textBlock(fitBody({ status: answer.status, ...answer.body }, maxChars))],
      isError: true,
      _meta,
    };
  const whole =
    answer.file === undefined ? answer.body : { ...answer.body, file: fileFacts(answer.file) };
  const body = fitBody(whole, maxChars);
  return { content: [textBlock(body)], structuredContent: body, isError: false, _meta };
};

/** What could not be run, as a tool result that tells the agent why and what to do. */
export const resultOfError = (thrown: unknown): CallToolResult => {
  const error = asGatewayError(thrown);
  return {
    content: [textBlock({ status: error.status, error: error.toJSON() })],
    isError: true,
    _meta: { [statusKey]: error.status },
  };
};
