import { type OperationName, operationNames, operations } from './catalogue.ts';
import type { Operation } from './define.ts';

/**
 * What a read-only gateway still does. A page that the project wrote may write on a GET all
 * the same, and nothing tells from outside whether it does.
 */
export const isReadOnly = (name: OperationName): boolean => {
  const { effect, runsProjectPages } = operations[name] as unknown as Operation;
  return effect === 'read' && runsProjectPages !== true;
};

export const writingOperations: ReadonlySet<OperationName> = new Set(
  operationNames.filter((name) => !isReadOnly(name)),
);
