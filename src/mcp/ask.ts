import type { Input, OperationName } from '../operations/catalogue.ts';
import { type Answer, type Context, runOperation, type Upstream } from '../operations/upstream.ts';

/** Runs operations for one request, through all layers, as a tool call does. */
export type Ask = <Name extends OperationName>(name: Name, input: Input<Name>) => Promise<Answer>;

export const asking =
  (upstream: Upstream, context: Context): Ask =>
  (name, input) =>
    runOperation(upstream, name, input, context);
