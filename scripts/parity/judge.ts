import { coarser } from './coarser.ts';
import { corrections } from './corrections.ts';
import { isEqual, type Observation, type Pair, type Verdict } from './observation.ts';
import { ruleFor } from './rule.ts';
import { sameMeaning } from './same-meaning.ts';

const isSameList = ({ list }: Pair): boolean | undefined =>
  list === undefined ? undefined : list.missing === 0 && list.extra === 0 && list.isOrdered;

const tables = [
  ['better', corrections],
  ['same', sameMeaning],
  ['coarser', coarser],
] as const;

/** What is missing without a rule is absent; what differs without a rule is wrong. */
const withoutRule = ({ list, stock }: Pair): Verdict => {
  if (stock === null || stock === undefined) return 'absent';
  if (list === undefined || list.extra > 0 || !list.isOrdered) return 'wrong';
  return Array.isArray(stock) && stock.length > 0 ? 'coarser' : 'absent';
};

export const judge = (pair: Pair): Observation => {
  if (isSameList(pair) ?? isEqual(pair.rest, pair.stock))
    return { pair, verdict: 'same', note: null };
  for (const [verdict, rules] of tables) {
    const rule = ruleFor(rules, pair);
    if (rule !== undefined) return { pair, verdict, note: rule.note };
  }
  return { pair, verdict: withoutRule(pair), note: null };
};
