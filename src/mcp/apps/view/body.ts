import type { CallToolResult } from '@modelcontextprotocol/client';
import { isJsonObject, type JsonObject } from '../../../operations/json.ts';

/** What a tool answered. Refusals, and results of some hosts, carry it in their text alone. */
export const bodyOf = ({ structuredContent, content }: CallToolResult): JsonObject => {
  if (isJsonObject(structuredContent)) return structuredContent;
  const [first] = content;
  if (first?.type !== 'text') return {};
  try {
    const parsed: unknown = JSON.parse(first.text);
    return isJsonObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
};

/** What went wrong, in the words of the answer; undefined where nothing did. */
export const errorIn = ({ error }: JsonObject): string | undefined => {
  if (!isJsonObject(error)) return undefined;
  const { message, hint } = error;
  return [message, hint].filter((part) => typeof part === 'string').join(' ');
};
