import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { isJsonObject } from '../../src/operations/json.ts';
import { toolName } from '../../src/operations/names.ts';
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
 * Sends the session's cookies and takes new ones, as a browser does: Django gives a session a new
 * key whenever the admin sets a password.
 */
const withCookies = (cookies: ReadonlyMap<string, string>): typeof fetch => {
  const jar = new Map(cookies);
  return async (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
    headers.set('x-csrftoken', jar.get('csrftoken') ?? '');
    const response = await fetch(input, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) jar.set(name, value);
    }
    return response;
  };
};

/**
 * Calls every tool through the official MCP client over HTTP, as a user's client would, and
 * prints a line for each. Where the gateway asks the person at the client, the demo says yes.
 */
export const runTour = async (
  url: string,
  cookies: ReadonlyMap<string, string>,
  print: (line: string) => void,
): Promise<TourResult> => {
  const client = new Client(
    { name: 'demo', version: '1' },
    { versionNegotiation: { mode: 'auto' }, capabilities: { elicitation: { form: {} } } },
  );
  client.setRequestHandler('elicitation/create', ({ params }) => {
    for (const line of params.message.split('\n')) print(`  ${' '.repeat(21)} ? ${line}`);
    return { action: 'accept', content: { confirm: true } };
  });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), { fetch: withCookies(cookies) }),
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
