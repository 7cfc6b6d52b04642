import type { Caller } from '../../../src/django/caller.ts';
import type { OperationName } from '../../../src/operations/catalogue.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import type { JsonObject } from '../../../src/operations/json.ts';
import { outputs } from '../../../src/operations/outputs.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { type Answer, runOperation } from '../../../src/operations/upstream.ts';
import { createRestUpstream } from '../../../src/rest/upstream.ts';
import { describeShops, type LiveShop, type UserName } from '../support/live-shop.ts';

export const restOptions = { extras: ['rest-api'] as const, env: { SHOP_REST_API: '1' } };

export type Call = (name: OperationName, input: unknown) => Promise<Answer>;

/** Calls the rest upstream as a face does, and checks every success against the contract. */
export const callAs = (live: () => LiveShop, user: UserName = 'admin'): Call => {
  const upstream = createRestUpstream();
  return async (name, input) => {
    const context = { caller: live().as(user), signal: AbortSignal.timeout(30_000) };
    const answer = await runOperation(upstream, name, parseInput(name, input), context);
    if (answer.status < 300) outputs[name].parse(answer.body);
    return answer;
  };
};

/** A caller whose requests to Django are written down, as `PATCH /api/v1/…`, and sent as ever. */
export const recorded = (caller: Caller) => {
  const sent: string[] = [];
  const send: Caller['send'] = (request, signal) => {
    sent.push(`${request.method} ${request.path}`);
    return caller.send(request, signal);
  };
  return { sent, context: { caller: { ...caller, send }, signal: AbortSignal.timeout(30_000) } };
};

/** The error that a call ends with. */
export const errorOf = async (call: Promise<unknown>): Promise<GatewayError> => {
  const outcome = await call.then(
    (value) => JSON.stringify(value),
    (error: unknown) => error,
  );
  if (outcome instanceof GatewayError) return outcome;
  throw new Error(`expected a GatewayError, got ${String(outcome)}`);
};

export const codeOf = ({ body }: Answer): unknown => (body['error'] as JsonObject)['code'];

/** Rows of a model as the database holds them. */
export const rowsOf = async (
  live: () => LiveShop,
  model: string,
  filter: JsonObject,
): Promise<readonly JsonObject[]> => {
  const answer = (await live().inspector.ask({ model, filter })) as { rows: JsonObject[] };
  return answer.rows;
};

export const rowOf = async (
  live: () => LiveShop,
  model: string,
  pk: string | number,
): Promise<JsonObject | undefined> => (await rowsOf(live, model, { pk }))[0];

/** The whole database but for users (whose last login moves), to show that nothing changed. */
export const digestOf = async (
  live: () => LiveShop,
  models?: readonly string[],
): Promise<JsonObject> => {
  const request = { digest: true, ...(models === undefined ? {} : { models }) };
  const { digest } = (await live().inspector.ask(request)) as { digest: JsonObject };
  const { 'auth.user': _, ...rest } = digest;
  return rest;
};

export const describeRest = (
  name: string,
  body: Parameters<typeof describeShops>[2],
): Promise<void> => describeShops(`rest: ${name}`, { ...restOptions }, body);
