import type { JsonValue } from '../operations/json.ts';

/** Methods whose result is the same for every caller, as long as nothing narrows the face. */
const constant: ReadonlySet<unknown> = new Set([
  'initialize',
  'ping',
  'server/discover',
  'tools/list',
]);

/** All that the SDK looks at besides the message. */
const headersThatCount = [
  ...['accept', 'content-type', 'mcp-protocol-version', 'mcp-method', 'mcp-name'],
  ...['mcp-session-id', 'last-event-id'],
];

/** Most answers kept, and the longest question, in characters: clients ask in few ways. */
const maxAnswers = 50;
const maxQuestionLength = 4_000;

const own: ReadonlySet<string> = new Set(['jsonrpc', 'id', 'method', 'params']);

interface Asked {
  readonly id: string | number;
  /** The question but for its id: what the answer hangs on. */
  readonly question: string;
}

const askedIn = (body: unknown, headers: Headers): Asked | undefined => {
  if (typeof body !== 'object' || body === null) return undefined;
  const { jsonrpc, id, method, params } = body as Readonly<Record<string, unknown>>;
  if (jsonrpc !== '2.0' || !constant.has(method)) return undefined;
  if (typeof id !== 'string' && !(typeof id === 'number' && Number.isInteger(id))) return undefined;
  if (!Object.keys(body).every((key) => own.has(key))) return undefined;
  const question = JSON.stringify([
    method,
    params,
    headersThatCount.map((name) => headers.get(name)),
  ]);
  return question.length > maxQuestionLength ? undefined : { id, question };
};

const resultIn = (text: string): JsonValue | undefined => {
  const { result } = JSON.parse(text) as { readonly result?: JsonValue };
  return result;
};

const answerWith = (id: string | number, result: string): Response =>
  new Response(`{"jsonrpc":"2.0","id":${JSON.stringify(id)},"result":${result}}`, {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  });

/**
 * Remembers what the SDK answered to questions whose answers never change, ready to be sent:
 * clients list the tools in every session, and the list is 30 KB of JSON.
 */
export const createKnownAnswers = () => {
  const results = new Map<string, string>();
  const keep = (question: string, text: string): void => {
    const result = resultIn(text);
    if (result === undefined) return;
    results.set(question, JSON.stringify(result));
    const [oldest] = results.keys();
    if (results.size > maxAnswers && oldest !== undefined) results.delete(oldest);
  };
  return async (
    body: unknown,
    headers: Headers,
    ask: () => Promise<Response>,
  ): Promise<Response> => {
    const asked = askedIn(body, headers);
    if (asked === undefined) return ask();
    const known = results.get(asked.question);
    if (known !== undefined) return answerWith(asked.id, known);
    const response = await ask();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    if (response.status === 200 && isJson) keep(asked.question, await response.clone().text());
    return response;
  };
};
