import { afterAll, beforeAll } from 'vitest';
import type { DjangoSeries } from '../../../scripts/lib/shop.mjs';
import type { Caller } from '../../../src/django/caller.ts';
import { createDjangoClient, type DjangoClient } from '../../../src/django/client.ts';
import type { DjangoRequest } from '../../../src/django/messages.ts';
import { parseSite } from '../../../src/django/parse-site.ts';
import type { OperationName } from '../../../src/operations/catalogue.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import type { JsonObject } from '../../../src/operations/json.ts';
import { outputOf } from '../../../src/operations/outputs.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { type Answer, runOperation } from '../../../src/operations/upstream.ts';
import { createRestUpstream } from '../../../src/rest/upstream.ts';
import { createSessionCaller, type SessionCaller } from '../../../src/session/session-caller.ts';
import { type DamagingProxy, startDamagingProxy } from '../support/damage.ts';
import { describeShops, type LiveShop, password, type UserName } from '../support/live-shop.ts';

export const restOptions = { extras: ['rest-api'] as const, env: { SHOP_REST_API: '1' } };

export type Call = (name: OperationName, input: unknown) => Promise<Answer>;

/** Calls the rest upstream as a face does, and checks every success against the contract. */
export const callAs = (live: () => LiveShop, user: UserName = 'admin'): Call => {
  const upstream = createRestUpstream();
  return async (name, input) => {
    const context = { caller: live().as(user), signal: AbortSignal.timeout(30_000) };
    const answer = await runOperation(upstream, name, parseInput(name, input), context);
    if (answer.status < 300) outputOf(name, answer.body).parse(answer.body);
    return answer;
  };
};

/**
 * A caller whose requests to Django are written down, as `PATCH /api/v1/…`, and sent as ever.
 *
 * @param before runs before each of them is sent
 */
export const recorded = (
  caller: Caller,
  before: (request: DjangoRequest) => Promise<unknown> = async () => undefined,
) => {
  const sent: string[] = [];
  /** What went as JSON, in the order of `sent`. */
  const bodies: unknown[] = [];
  const send: Caller['send'] = async (request, signal) => {
    await before(request);
    sent.push(`${request.method} ${request.path}`);
    if (request.body?.kind === 'json') bodies.push(request.body.value);
    return caller.send(request, signal);
  };
  const context = { caller: { ...caller, send }, signal: AbortSignal.timeout(30_000) };
  return { sent, bodies, context };
};

/**
 * A user who reaches the shop by way of the proxy.
 *
 * @param timeoutMs how long an answer is waited for
 */
export const throughProxy = (live: () => LiveShop, timeoutMs?: number) => {
  let parts: { proxy: DamagingProxy; client: DjangoClient; caller: SessionCaller } | undefined;
  beforeAll(async () => {
    const proxy = await startDamagingProxy(live().shop.url);
    const client = createDjangoClient(parseSite({ adminUrl: `${proxy.url}/admin/`, timeoutMs }));
    const caller = createSessionCaller({
      client,
      credentials: async () => ({ username: 'admin', password }),
      signInHint: 'Log in again.',
    });
    parts = { proxy, client, caller };
  });
  afterAll(async () => {
    await parts?.client.close();
    await parts?.proxy.stop();
  });
  return () => {
    if (parts === undefined) throw new Error('The proxy has not started.');
    const { proxy, caller } = parts;
    return { proxy, context: { caller, signal: AbortSignal.timeout(30_000) } };
  };
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
  env: Readonly<Record<string, string>> = {},
  series?: readonly DjangoSeries[],
): Promise<void> =>
  describeShops(
    `rest: ${name}`,
    { ...restOptions, env: { ...restOptions.env, ...env } },
    body,
    series,
  );
