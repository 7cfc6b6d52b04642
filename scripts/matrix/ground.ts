import { deepStrictEqual } from 'node:assert/strict';
import type { OperationName } from '../../src/operations/catalogue.ts';
import type { JsonObject } from '../../src/operations/json.ts';
import { outputs } from '../../src/operations/outputs.ts';
import { parseInput } from '../../src/operations/parse-input.ts';
import { type Answer, runOperation } from '../../src/operations/upstream.ts';
import { createStockUpstream } from '../../src/stock/upstream.ts';
import type { LiveShop } from '../../test/live/support/start-live.ts';

const callTimeoutMs = 30_000;

type Row = Readonly<Record<string, unknown>>;

export interface Query {
  readonly filter?: JsonObject;
  readonly order_by?: readonly string[];
  readonly limit?: number;
}

/** What a check works with: the stock upstream as `admin`, and the database beside it. */
export interface Ground {
  /** A body of success, checked against the contract. */
  readonly call: (name: OperationName, input: JsonObject) => Promise<JsonObject>;
  /** Any answer, refusals included. */
  readonly answer: (name: OperationName, input: JsonObject) => Promise<Answer>;
  readonly rows: (model: string, query?: Query) => Promise<readonly Row[]>;
  readonly row: (model: string, pk: string | number) => Promise<Row>;
}

/** One thing that must hold in every cell. */
export interface Check {
  readonly name: string;
  /** Takes seconds: left to the matrix itself, out of the tests. */
  readonly isSlow?: boolean;
  readonly run: (ground: Ground) => Promise<void>;
}

export const ref = (model: string, pk?: string | number): JsonObject => {
  const [app_label = '', model_name = ''] = model.split('.');
  return { app_label, model_name, ...(pk === undefined ? {} : { pk }) };
};

/** A value inside a body. */
export const at = (body: unknown, ...path: readonly (string | number)[]): unknown => {
  let here = body;
  for (const key of path)
    here = (here as Readonly<Record<string | number, unknown>> | null | undefined)?.[key];
  return here;
};

export const listAt = (
  body: unknown,
  ...path: readonly (string | number)[]
): readonly unknown[] => {
  const list = at(body, ...path);
  return Array.isArray(list) ? list : [];
};

export const same = (actual: unknown, expected: unknown, what: string): void => {
  try {
    deepStrictEqual(actual, expected);
  } catch {
    throw new Error(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`);
  }
};

export const createGround = ({ as, inspector }: LiveShop): Ground => {
  const upstream = createStockUpstream();
  const answer = async (name: OperationName, input: JsonObject) => {
    const context = { caller: as('admin'), signal: AbortSignal.timeout(callTimeoutMs) };
    const given = await runOperation(upstream, name, parseInput(name, input), context);
    if (given.status < 300) outputs[name].parse(given.body);
    return given;
  };
  const rows = async (model: string, query: Query = {}) =>
    (await inspector.ask({ model, ...query }))['rows'] as readonly Row[];
  return {
    answer,
    call: async (name, input) => {
      const { status, body } = await answer(name, input);
      if (status >= 300) throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`);
      return body;
    },
    rows,
    row: async (model, pk) => (await rows(model, { filter: { pk } }))[0] ?? {},
  };
};
