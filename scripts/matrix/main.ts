import { type DjangoSeries, prepareShop } from '../lib/shop.mjs';
import {
  type Cell,
  djangos,
  isMeant,
  languages,
  liveOptions,
  reasonToSkip,
  themes,
} from './cell.ts';
import { runCell } from './run-cell.ts';
import { cellText, describeCell, type Outcome, renderFailures, renderTable } from './table.ts';

/** Themes that must be green throughout. */
const required = new Set(['stock', 'unfold', 'jazzmin', 'grappelli']);

export interface MatrixChoice {
  readonly django?: readonly string[] | undefined;
  readonly theme?: readonly string[] | undefined;
  readonly language?: readonly string[] | undefined;
}

const chosen = <Name extends string>(
  what: string,
  all: readonly Name[],
  names: readonly string[] | undefined,
): readonly Name[] => {
  const unknown = names?.find((name) => !all.some((each) => each === name));
  if (unknown !== undefined)
    throw new Error(`There is no ${what} ${unknown} here; known are ${all.join(', ')}.`);
  return names === undefined ? all : all.filter((each) => names.includes(each));
};

/** Whether what the cell needs is, or can be, installed. */
const unavailable = async (cell: Cell): Promise<string> => {
  const reason = reasonToSkip(cell);
  if (reason !== '') return reason;
  try {
    const django: DjangoSeries = cell.django;
    const { missing } = await prepareShop({ ...liveOptions(cell), django });
    return missing.map(({ name, why }) => `${name}: ${why}`).join('; ');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const outcomeOf = async (cell: Cell): Promise<Outcome> => {
  const skipped = await unavailable(cell);
  if (skipped !== '') return { cell, skipped };
  return runCell(cell);
};

const isRed = (outcome: Outcome): boolean =>
  !('skipped' in outcome) &&
  required.has(outcome.cell.theme) &&
  outcome.failures.reads.length + outcome.failures.writes.length > 0;

const cellsOf = (choice: MatrixChoice): Cell[] =>
  chosen('Django', djangos, choice.django).flatMap((django) =>
    chosen('theme', themes, choice.theme).flatMap((theme) =>
      chosen('language', languages, choice.language).map((language) => ({
        django,
        theme,
        language,
      })),
    ),
  );

/** Runs the cells of the choice one after the other; prints the table. True: no required cell is red. */
export const runMatrix = async (
  choice: MatrixChoice,
  print: (line: string) => void,
): Promise<boolean> => {
  const cells = cellsOf(choice).filter(isMeant);
  const outcomes: Outcome[] = [];
  for (const cell of cells) {
    const outcome = await outcomeOf(cell);
    outcomes.push(outcome);
    print(`${describeCell(cell)}: ${cellText(outcome)}`);
  }
  print(`\n${renderTable(outcomes)}`);
  const failures = renderFailures(outcomes);
  if (failures !== '') print(`\n${failures}`);
  return !outcomes.some(isRed);
};
