import type { OperationName } from '../../src/operations/catalogue.ts';
import type { Pair } from './observation.ts';

/** A difference that is known, where it may occur, and what it is. */
export interface Rule {
  readonly key: RegExp;
  readonly only?: readonly OperationName[];
  readonly when?: (pair: Pair) => boolean;
  readonly note: string;
}

export const ruleFor = (rules: readonly Rule[], pair: Pair): Rule | undefined =>
  rules.find(
    ({ key, only, when }) =>
      key.test(pair.key) &&
      (only === undefined || only.includes(pair.operation)) &&
      (when === undefined || when(pair)),
  );

/** The key of a field's value, on whatever page. */
export const valueKey =
  /(?:^|\.)fields\.\*\.(?:value|initial)$|^results\[\]\.fields\.\*$|rows\[\]\.fields\.\*$/;
