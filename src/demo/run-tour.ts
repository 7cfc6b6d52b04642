import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { isJsonObject } from '../operations/json.ts';
import { toolName } from '../operations/names.ts';
import { type Notes, tour } from './tour.ts';

export interface TourResult {
  readonly answered: number;
  readonly failed: number;
}

const bodyOf = (result: Awaited<ReturnType<Client['callTool']>>) => {
  const { structuredContent, content, isError } = result;
  if (isError !== true && isJsonObject(structuredContent)) return structuredContent;
  const [block] = content ?? [];
  throw new Error(block?.type === 'text' ? block.text : 'no text in the result');
};

/**
 * Calls every tool through the official MCP client over HTTP, as a user's client would, and
 * prints a line for each.
 */
export const runTour = async (
  url: string,
  headers: Readonly<Record<string, string>>,
  print: (line: string) => void,
): Promise<TourResult> => {
  const client = new Client(
    { name: 'demo', version: '1' },
    { versionNegotiation: { mode: 'auto' } },
  );
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { ...headers } } }),
  );
  const notes: Notes = new Map();
  const result = { answered: 0, failed: 0 };
  for (const stop of tour) {
    const name = toolName(stop.operation, 'snake');
    const given = typeof stop.arguments === 'function' ? stop.arguments(notes) : stop.arguments;
    try {
      const body = bodyOf(await client.callTool({ name, arguments: given }));
      print(`  ${name.padEnd(21)} ${stop.tell(body, notes)}`);
      result.answered += 1;
    } catch (error) {
      print(
        `  ${name.padEnd(21)} FAILED: ${error instanceof Error ? error.message : String(error)}`,
      );
      result.failed += 1;
    }
  }
  await client.close();
  return result;
};
