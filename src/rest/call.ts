import type { RequestBody } from '../django/messages.ts';
import { type Input, type OperationName, operations } from '../operations/catalogue.ts';
import type { RestForm } from '../operations/define.ts';
import { GatewayError } from '../operations/errors.ts';
import { isJsonObject } from '../operations/json.ts';
import type { Answer, Context } from '../operations/upstream.ts';
import { readAnswer } from './read-answer.ts';
import { requirePath } from './routes.ts';

/** What goes where: a pattern such as `/:app_label/:model_name/:pk/` and the values for it. */
export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly pattern: string;
  readonly values: object;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  /** As JSON. */
  readonly body?: unknown;
  /** In the place of `body`, for what JSON cannot carry. */
  readonly form?: RequestBody | undefined;
}

const queryOf = (query: RestRequest['query']): string => {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    for (const item of Array.isArray(value) ? value : [value])
      if (item !== undefined && item !== null) pairs.append(name, String(item));
  return pairs.size === 0 ? '' : `?${pairs}`;
};

/**
 * Sends one request to the package and reads its answer. Nothing unsafe is ever repeated,
 * and writes of one session wait for each other.
 *
 * @throws GatewayError see {@link readAnswer}; `unsupported` for a key without an address
 */
export const send = async (request: RestRequest, context: Context): Promise<Answer> => {
  const { caller, signal } = context;
  const relative = requirePath(request.pattern, { ...request.values }).slice(1);
  const path = `${caller.site.restPath}${relative}${queryOf(request.query)}`;
  const { method } = request;
  const headers = { Accept: 'application/json' };
  if (method === 'GET')
    return readAnswer(await caller.send({ method, path, headers }, signal), caller, false);
  const body = request.form ?? ({ kind: 'json', value: request.body ?? {} } as const);
  return caller.exclusive(async () => {
    const token = await caller.csrfToken(signal);
    const withToken = { ...headers, [caller.site.csrfHeader]: token };
    const response = await caller.send({ method, path, headers: withToken, body }, signal);
    return readAnswer(response, caller, true);
  });
};

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  isJsonObject(value) ? value : {};

const places = new Map<string, readonly string[]>();

/** What a path has to be filled with: `app_label` of `/:app_label/`. */
const placesIn = (path: string): readonly string[] => {
  const known = places.get(path);
  if (known !== undefined) return known;
  const found = [...path.matchAll(/:(\w+)/g)].map(([, key = '']) => key);
  places.set(path, found);
  return found;
};

/** The request that an operation's REST form stands for. */
const requestOf = <Name extends OperationName>(name: Name, input: Input<Name>): RestRequest => {
  const forms = operations[name].rest as readonly RestForm<Input<Name>>[];
  const values = input as Readonly<Record<string, unknown>>;
  const form = forms.find(({ path }) => placesIn(path).every((key) => values[key] != null));
  if (form === undefined)
    throw new GatewayError('internal', `No REST form of ${name} fits the input.`);
  const named = Object.entries(form.query ?? {}).map(
    ([key, param]) => [param, values[key]] as const,
  );
  const spread = form.spread === undefined ? {} : record(values[form.spread]);
  return {
    method: form.method,
    pattern: form.path,
    values: input,
    query: { ...spread, ...Object.fromEntries(named.filter(([, value]) => value !== undefined)) },
    ...(form.body === undefined ? {} : { body: form.body(input) }),
  };
};

/** Runs an operation as its REST form says, and nothing more. */
export const callRest = <Name extends OperationName>(
  name: Name,
  input: Input<Name>,
  context: Context,
): Promise<Answer> => send(requestOf(name, input), context);
