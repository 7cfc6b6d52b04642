import type { OperationName } from '../../src/operations/catalogue.ts';
import { operationNames } from '../../src/operations/facts.ts';
import type { Observation, Verdict } from './observation.ts';

export type Grade = 'full' | 'partial' | 'absent' | 'wrong';

export interface KeyResult {
  readonly key: string;
  readonly grade: Grade;
  /** The REST API is wrong somewhere, and stock right. */
  readonly corrects: boolean;
  readonly notes: readonly string[];
  readonly wrong: readonly Observation[];
}

export interface OperationResult {
  readonly operation: OperationName;
  readonly keys: readonly KeyResult[];
}

const gradeOf = (seen: ReadonlySet<Verdict>): Grade => {
  if (seen.has('wrong')) return 'wrong';
  if (seen.has('coarser')) return 'partial';
  if (!seen.has('absent')) return 'full';
  return seen.has('same') || seen.has('better') ? 'partial' : 'absent';
};

const keyResult = (key: string, all: readonly Observation[]): KeyResult => {
  const seen = new Set(all.map(({ verdict }) => verdict));
  const grade = gradeOf(seen);
  const notes = new Set(all.flatMap(({ note }) => note ?? []));
  if (grade === 'partial' && seen.has('absent')) notes.add('not always there');
  return {
    key,
    grade,
    corrects: seen.has('better'),
    notes: [...notes].sort(),
    wrong: all.filter(({ verdict }) => verdict === 'wrong'),
  };
};

/** Objects and lists that only hold keys are no keys themselves, unless something is wrong with them. */
export const tally = (observations: readonly Observation[]): OperationResult[] =>
  operationNames.map((operation) => {
    const byKey = new Map<string, Observation[]>();
    for (const each of observations) {
      if (each.pair.operation !== operation) continue;
      byKey.set(each.pair.key, [...(byKey.get(each.pair.key) ?? []), each]);
    }
    const keys = [...byKey].map(([key, all]) => keyResult(key, all));
    return { operation, keys: keys.sort((a, b) => (a.key < b.key ? -1 : 1)) };
  });

export const countOf = (results: readonly OperationResult[], grade: Grade): number =>
  results.flatMap(({ keys }) => keys).filter((key) => key.grade === grade).length;
