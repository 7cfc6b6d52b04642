import { type OperationName, operations } from '../../operations/catalogue.ts';
import type { Operation } from '../../operations/define.ts';
import { GatewayError } from '../../operations/errors.ts';
import { isReadOnly } from '../../operations/read-only.ts';
import type { Rules } from './rules.ts';

const hint = 'Do not look for another way: ask the user to do it in the admin.';

/**
 * Refuses what writes on a read-only gateway, the operations that are switched off, and every
 * call that amounts to one of them (`Operation.actsAs`).
 *
 * @throws GatewayError `forbidden`
 */
export const refuseDisabled = (
  { readOnly, disabled }: Rules,
  name: OperationName,
  input: unknown,
): void => {
  if (readOnly && !isReadOnly(name))
    throw new GatewayError('forbidden', `This gateway is read-only, and ${name} may write.`, {
      hint,
    });
  if (disabled.size === 0) return;
  const operation = operations[name] as unknown as Operation;
  const means = [name, ...(operation.actsAs?.(input) ?? [])];
  const off = means.find((each) => disabled.has(each as OperationName));
  if (off === undefined) return;
  throw new GatewayError(
    'forbidden',
    off === name
      ? `The operator of this gateway has disabled ${name}.`
      : `This call of ${name} amounts to ${off}, which the operator of this gateway has disabled.`,
    { hint },
  );
};
