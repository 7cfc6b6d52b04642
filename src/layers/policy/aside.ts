import type { Input, OperationName } from '../../operations/catalogue.ts';
import {
  type Answer,
  type Context,
  runOperation,
  type Upstream,
} from '../../operations/upstream.ts';

/** Readings on the side, whose answers are whole: they come from below the policy. */
export type Aside = <Name extends OperationName>(name: Name, input: Input<Name>) => Promise<Answer>;

/** No answer of a person and no progress belong to them. */
export const asideOf =
  (upstream: Upstream, { caller, signal }: Context): Aside =>
  (name, input) =>
    runOperation(upstream, name, input, { caller, signal });
