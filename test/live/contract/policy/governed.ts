import { layeredUpstream } from '../../../../src/assemble.ts';
import { loadSettings } from '../../../../src/config/load.ts';
import type { Settings } from '../../../../src/config/options.ts';
import type { OperationName } from '../../../../src/operations/catalogue.ts';
import { asGatewayError } from '../../../../src/operations/errors.ts';
import type { JsonObject } from '../../../../src/operations/json.ts';
import { parseInput } from '../../../../src/operations/parse-input.ts';
import { type Narrowing, runOperation } from '../../../../src/operations/upstream.ts';
import type { LiveShop } from '../../support/live-shop.ts';

export type Kind = 'stock' | 'rest';
export type Live = () => LiveShop;
export type Given = Partial<Record<keyof Settings, unknown>>;

export const settingsFor = ({ shop }: LiveShop, kind: Kind, more: Given = {}): Settings =>
  loadSettings({
    file: {
      ADMIN_SITE: shop.adminUrl,
      UPSTREAM: kind,
      CONFIRM: 'never',
      LOG_LEVEL: 'silent',
      ...more,
    },
  });

export interface Said {
  readonly status: number;
  readonly body: JsonObject;
}

export type Call = (name: OperationName, given: object, narrowing?: Narrowing) => Promise<Said>;

/** The superuser, through a gateway with these settings; what could not be run is an answer too. */
export const callsOf = (live: LiveShop, kind: Kind, more: Given = {}): Call => {
  const upstream = layeredUpstream(settingsFor(live, kind, more), new Set());
  return async (name, given, narrowing) => {
    try {
      const { status, body } = await runOperation(upstream, name, parseInput(name, given), {
        caller: live.as('admin'),
        signal: AbortSignal.timeout(60_000),
        ...(narrowing === undefined ? {} : { narrowing }),
      });
      return { status, body };
    } catch (thrown) {
      const error = asGatewayError(thrown);
      if (error.reason === 'internal') throw thrown;
      return { status: error.status, body: { error: error.toJSON() } };
    }
  };
};

/** The whole database but for users, whose last login moves. */
export const digestOf = async ({ inspector }: LiveShop): Promise<JsonObject> => {
  const { digest } = (await inspector.ask({ digest: true })) as { digest: JsonObject };
  const { 'auth.user': _, ...rest } = digest;
  return rest;
};

export const rowsOf = async (
  { inspector }: LiveShop,
  model: string,
  filter: object,
): Promise<JsonObject[]> =>
  ((await inspector.ask({ model, filter })) as { rows: JsonObject[] }).rows;

export const errorIn = ({ body }: Said): JsonObject => (body['error'] ?? {}) as JsonObject;
