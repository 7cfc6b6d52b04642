import type { Input, OperationName } from '../operations/catalogue.ts';
import { operationNames } from '../operations/facts.ts';
import type { Answer, Context, Upstream } from '../operations/upstream.ts';

/** One call on its way through a layer. */
export interface Call {
  readonly name: OperationName;
  readonly input: Input<OperationName>;
  readonly context: Context;
}

/** What a layer does around each call; `next` runs the rest of the way, with what is given instead. */
export type Around = (
  call: Call,
  next: (input?: Input<OperationName>, context?: Context) => Promise<Answer>,
) => Promise<Answer>;

type AnyRun = (input: Input<OperationName>, context: Context) => Promise<Answer>;

/** An upstream whose every operation goes through `around`. */
export const wrapEach = (upstream: Upstream, around: Around): Upstream =>
  Object.fromEntries(
    operationNames.map((name) => {
      const run = upstream[name] as AnyRun;
      const wrapped: AnyRun = (input, context) =>
        around({ name, input, context }, (givenInput = input, givenContext = context) =>
          run(givenInput, givenContext),
        );
      return [name, wrapped];
    }),
  ) as unknown as Upstream;
