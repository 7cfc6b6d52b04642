import { GatewayError } from '../../src/operations/errors.ts';
import type { JsonObject } from '../../src/operations/json.ts';
import { outputOf } from '../../src/operations/outputs.ts';
import { parseInput } from '../../src/operations/parse-input.ts';
import { runOperation, type Upstream } from '../../src/operations/upstream.ts';
import type { LiveShop } from '../../test/live/support/start-live.ts';
import type { Case } from './case.ts';

const callTimeoutMs = 60_000;

export interface Given {
  readonly status: number;
  readonly body: JsonObject;
  /** What in the body breaks the contract, empty when nothing does. */
  readonly breaks: string;
}

/** One upstream on its shop, which remembers what it made there. */
export interface Side {
  readonly live: LiveShop;
  readonly upstream: Upstream;
  readonly made: Map<string, string>;
}

/** Ports and host differ from run to run and between the two shops. */
const withoutOrigin = (body: JsonObject, { live }: Side): JsonObject =>
  JSON.parse(JSON.stringify(body).replaceAll(live.shop.url, 'http://shop'));

/** A call that could not be run has the body that a face would make of it. */
const ofError = ({ reason, message }: GatewayError): Given => ({
  status: 0,
  body: { error: { code: reason, message } },
  breaks: '',
});

export const runCase = async (each: Case, side: Side): Promise<Given> => {
  const { operation, user = 'admin', made } = each;
  const input = typeof each.input === 'function' ? each.input(side.made) : each.input;
  const context = {
    caller: side.live.as(user),
    signal: AbortSignal.timeout(callTimeoutMs),
  };
  try {
    const parsed = parseInput(operation, input);
    const answer = await runOperation(side.upstream, operation, parsed, context);
    const { status } = answer;
    const body = withoutOrigin(answer.body, side);
    if (made !== undefined) side.made.set(made, String(body['pk']));
    const checked =
      status < 300 ? outputOf(operation, body).safeParse(body) : { success: true as const };
    return { status, body, breaks: checked.success ? '' : checked.error.message };
  } catch (error) {
    if (error instanceof GatewayError) return ofError(error);
    throw error;
  }
};
