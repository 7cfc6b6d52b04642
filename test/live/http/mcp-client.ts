import type { Gateway } from '../../../src/library.ts';
import type { Session } from '../support/session.ts';

/** One `tools/call` over plain JSON-RPC, as a tool's result tells it to a model. */
export const callTool = async (
  gateway: Pick<Gateway, 'fetch'>,
  { cookie, token }: Session,
  name: string,
  given: object = {},
  headers: Readonly<Record<string, string>> = {},
) => {
  const response = await gateway.fetch(
    new Request('http://localhost/mcp/', {
      method: 'POST',
      headers: {
        host: 'localhost',
        'content-type': 'application/json',
        cookie,
        'x-csrftoken': token,
        ...headers,
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name, arguments: given },
      }),
    }),
  );
  const { result, error } = (await response.json()) as {
    result?: { isError: boolean; content: { text: string }[] };
    error?: object;
  };
  return {
    status: response.status,
    headers: response.headers,
    isError: result?.isError ?? true,
    // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of it
    body: (result === undefined ? { error } : JSON.parse(result.content[0]?.text ?? '')) as any,
  };
};
