import type { OperationName } from '../../src/operations/catalogue.ts';
import type { JsonObject } from '../../src/operations/json.ts';
import type { UserName } from '../../test/live/support/start-live.ts';

/** Keys of what earlier cases added, by the name they were given. */
export type Made = ReadonlyMap<string, string>;

/** One call, made over both upstreams, each on a shop of its own in the same state. */
export interface Case {
  readonly operation: OperationName;
  /** `admin` when left out. */
  readonly user?: UserName;
  readonly input: JsonObject | ((made: Made) => JsonObject);
  /** Keeps the `pk` of the answer under this name. */
  readonly made?: string;
}
