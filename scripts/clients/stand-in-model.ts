import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { isJsonObject, type JsonObject, type JsonValue } from '../../src/operations/json.ts';

/** In the place of a language model, for an application that connects only when it has one. */
export interface StandInModel {
  /** An address for OpenAI's chat completions. */
  readonly url: string;
  /** The names of the tools that the application offered. */
  readonly offered: () => readonly string[];
  /** What the tool gave back that the model called. */
  readonly answerOf: (tool: string) => string | undefined;
  readonly stop: () => Promise<void>;
}

const objectsIn = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

const functionName = ({ function: named }: JsonObject): string =>
  isJsonObject(named) ? String(named['name']) : '';

const completion = (message: JsonObject, reason: string): string =>
  JSON.stringify({
    id: 'stand-in',
    object: 'chat.completion',
    created: 0,
    model: 'stand-in',
    choices: [{ index: 0, finish_reason: reason, message: { role: 'assistant', ...message } }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });

/** Calls those of the given tools that it is offered, once, and has nothing more to say. */
export const startStandInModel = async (
  calls: Readonly<Record<string, JsonObject>>,
): Promise<StandInModel> => {
  let offered: readonly string[] = [];
  const answers = new Map<string, string>();
  const answer = async (request: IncomingMessage): Promise<string> => {
    const body: JsonObject = JSON.parse(await text(request));
    const results = objectsIn(body['messages']).filter(({ role }) => role === 'tool');
    for (const result of results)
      answers.set(String(result['tool_call_id']), JSON.stringify(result['content']));
    offered = objectsIn(body['tools']).map(functionName);
    const wanted = Object.entries(calls).filter(([tool]) => offered.includes(tool));
    if (results.length > 0 || wanted.length === 0) return completion({ content: 'Done.' }, 'stop');
    const toolCalls = wanted.map(([tool, input]) => ({
      id: tool,
      type: 'function',
      function: { name: tool, arguments: JSON.stringify(input) },
    }));
    return completion({ content: null, tool_calls: toolCalls }, 'tool_calls');
  };
  const server = createServer((request, response) => {
    const failed = (error: unknown) => response.writeHead(500).end(String(error));
    answer(request).then((body) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    }, failed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    offered: () => offered,
    answerOf: (tool) => answers.get(tool),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
