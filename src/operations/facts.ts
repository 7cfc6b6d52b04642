import type { OperationName } from './catalogue.ts';
import { catalogueFacts } from './catalogue-facts.ts';
import type { Operation } from './define.ts';

/** What lists of tools and settings tell of an operation: all but its schema and its REST form. */
export type OperationFacts = Pick<
  Operation,
  'title' | 'description' | 'effect' | 'idempotent' | 'runsProjectPages'
>;

export const operationFacts = catalogueFacts as Readonly<Record<OperationName, OperationFacts>>;

/** In the catalogue's order. */
export const operationNames = Object.keys(operationFacts) as OperationName[];

export const isOperationName = (name: string): name is OperationName =>
  Object.hasOwn(operationFacts, name);
