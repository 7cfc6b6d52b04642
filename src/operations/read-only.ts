import type { OperationName } from './catalogue.ts';
import { operationFacts, operationNames } from './facts.ts';

/**
 * What a read-only gateway still does. A page that the project wrote may write on a GET all
 * the same, and nothing tells from outside whether it does.
 */
export const isReadOnly = (name: OperationName): boolean => {
  const { effect, runsProjectPages } = operationFacts[name];
  return effect === 'read' && runsProjectPages !== true;
};

export const writingOperations: ReadonlySet<OperationName> = new Set(
  operationNames.filter((name) => !isReadOnly(name)),
);
