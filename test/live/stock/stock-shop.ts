import { expect } from 'vitest';
import type { Caller } from '../../../src/django/caller.ts';
import type { DjangoRequest } from '../../../src/django/messages.ts';
import type { OperationName } from '../../../src/operations/catalogue.ts';
import { planBody } from '../../../src/operations/contract/plan.ts';
import type { JsonObject, JsonValue } from '../../../src/operations/json.ts';
import { outputs } from '../../../src/operations/outputs.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { type Answer, runOperation } from '../../../src/operations/upstream.ts';
import { createStockUpstream } from '../../../src/stock/upstream.ts';
import type { LiveOptions, LiveShop, UserName } from '../support/live-shop.ts';

/** `SHOP_THEME=unfold SHOP_LANGUAGE=de` run the same tests on another admin. */
const chosen = Object.fromEntries(
  Object.entries(process.env).filter(
    (pair): pair is [string, string] => pair[0].startsWith('SHOP_') && pair[1] !== undefined,
  ),
);

/** The shop as most sites are: nothing installed for us. */
export const bare: LiveOptions = {
  env: { SHOP_REST_API: '0', ...chosen },
  ...('SHOP_THEME' in chosen ? { extras: ['themes'] } : {}),
};

const signal = AbortSignal.timeout(20 * 60_000);

export interface StockCall {
  readonly answer: Answer;
  /** What went over the wire. */
  readonly requests: readonly DjangoRequest[];
}

const counting = (caller: Caller, requests: DjangoRequest[]): Caller => ({
  ...caller,
  send: (request, own) => {
    requests.push(request);
    return caller.send(request, own);
  },
});

/** One upstream for a whole shop, as in a gateway; and callers of every user. */
export const stockOf = (live: () => LiveShop) => {
  const upstream = createStockUpstream();
  const run = async (
    user: UserName,
    name: OperationName,
    args: JsonObject,
    through = upstream,
  ): Promise<StockCall> => {
    const requests: DjangoRequest[] = [];
    const context = { caller: counting(live().as(user), requests), signal };
    const answer = await runOperation(through, name, parseInput(name, args), context);
    if (answer.status < 300) {
      const body = args['dry_run'] === true ? planBody : outputs[name];
      const checked = body.safeParse(answer.body);
      expect(checked.error?.issues ?? []).toEqual([]);
    }
    return { answer, requests };
  };
  return {
    run,
    /** The body of a call that must succeed. */
    ok: async (user: UserName, name: OperationName, args: JsonObject): Promise<JsonObject> => {
      const { answer } = await run(user, name, args);
      expect(answer.body['error'] ?? null, `${name} ${JSON.stringify(args)}`).toBeNull();
      expect(answer.status).toBeLessThan(300);
      return answer.body;
    },
    /** `status code` of a call that must be refused, and its error. */
    refused: async (user: UserName, name: OperationName, args: JsonObject) => {
      const { answer } = await run(user, name, args);
      const error = at(answer.body, 'error') as JsonObject;
      return { status: answer.status, code: error?.['code'], error };
    },
    /** How many requests a call makes when nothing is remembered. */
    cold: async (user: UserName, name: OperationName, args: JsonObject): Promise<number> => {
      const { requests } = await run(user, name, args, createStockUpstream());
      return requests.length;
    },
    rows: async (
      model: string,
      filter: JsonObject,
      fields: readonly string[],
    ): Promise<JsonObject[]> => {
      const { rows } = await live().inspector.ask({ model, filter, fields });
      return rows as JsonObject[];
    },
    dump: async (models: readonly string[]): Promise<Tables> => {
      const { tables } = await live().inspector.ask({ dump: true, models });
      return tables as Tables;
    },
  };
};

export type Tables = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;

/** `at(body, 'results', 0, 'pk')` */
export const at = (
  value: unknown,
  ...path: readonly (string | number)[]
): JsonValue | undefined => {
  let here: unknown = value;
  for (const part of path)
    here = (here as Record<string | number, unknown> | null | undefined)?.[part];
  return here as JsonValue | undefined;
};

export const list = (value: unknown, ...path: readonly (string | number)[]): JsonObject[] =>
  (at(value, ...path) ?? []) as JsonObject[];
