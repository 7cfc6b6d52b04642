import { type OperationName, operations } from '../operations/catalogue.ts';
import type { Operation } from '../operations/define.ts';
import { GatewayError } from '../operations/errors.ts';
import type { Upstream } from '../operations/upstream.ts';
import { wrapEach } from './wrap.ts';

/**
 * Refuses the operations that the operator switched off, and every other operation whose
 * call amounts to one of them (`Operation.actsAs`).
 */
export const withDisabled = (
  disabled: ReadonlySet<OperationName>,
  upstream: Upstream,
): Upstream => {
  if (disabled.size === 0) return upstream;
  return wrapEach(upstream, ({ name, input }, next) => {
    const operation: Operation = operations[name] as unknown as Operation;
    const means = [name, ...(operation.actsAs?.(input) ?? [])];
    const off = means.find((each) => disabled.has(each as OperationName));
    if (off === undefined) return next();
    throw new GatewayError(
      'forbidden',
      off === name
        ? `The operator of this gateway has disabled ${name}.`
        : `This call of ${name} amounts to ${off}, which the operator of this gateway has disabled.`,
      { hint: 'Do not look for another way: ask the user to do it in the admin.' },
    );
  });
};
