import {
  type GetPromptResult,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server';
import type { ToolNames } from '../../operations/names.ts';
import { didYouMean } from '../../operations/nearest.ts';
import { type PromptEntry, promptText } from './catalogue.ts';

const invalid = (message: string): ProtocolError =>
  new ProtocolError(ProtocolErrorCode.InvalidParams, message);

const checked = (
  prompt: PromptEntry,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> => {
  const names = prompt.arguments.map(({ name }) => name);
  for (const name of Object.keys(given))
    if (!names.includes(name))
      throw invalid(`Unknown argument "${name}". ${didYouMean(name, names)}`);
  const filled = Object.entries(given).filter(([, value]) => value.trim() !== '');
  const values = Object.fromEntries(filled);
  for (const { name, required } of prompt.arguments)
    if (required && values[name] === undefined) throw invalid(`The argument "${name}" is missing.`);
  return values;
};

/**
 * A prompt with its arguments put in.
 *
 * @throws ProtocolError -32602 for an unknown prompt, and for arguments that are unknown or missing
 */
export const getPrompt = (
  offered: readonly PromptEntry[],
  style: ToolNames,
  name: string,
  given: Readonly<Record<string, string>>,
): GetPromptResult => {
  const prompt = offered.find((entry) => entry.name === name);
  if (prompt === undefined)
    throw invalid(
      `Unknown prompt "${name}". ${didYouMean(
        name,
        offered.map((entry) => entry.name),
      )}`,
    );
  const text = promptText(prompt, style, checked(prompt, given));
  return {
    description: prompt.description,
    messages: [{ role: 'user', content: { type: 'text', text } }],
  };
};
