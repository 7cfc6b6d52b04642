import { type Cell, type Language, languages, type Theme } from './cell.ts';
import { type CellResult, checks, type Failure } from './run-cell.ts';

/** A cell that ran, or why it did not. */
export type Outcome = CellResult | { readonly cell: Cell; readonly skipped: string };

const mark = (failures: readonly Failure[], all: number): string =>
  failures.length === 0 ? 'green' : `RED ${all - failures.length}/${all}`;

export const cellText = (outcome: Outcome | undefined): string => {
  if (outcome === undefined) return '';
  if ('skipped' in outcome) return 'skipped';
  const { reads, writes } = outcome.failures;
  return `${mark(reads, checks.reads.length)} / ${mark(writes, checks.writes.length)}`;
};

const width = 26;

const line = (cells: readonly string[]): string =>
  cells
    .map((text) => text.padEnd(width))
    .join('')
    .trimEnd();

const isIn = (cell: Cell, django: string, theme: Theme, language: Language): boolean =>
  cell.django === django && cell.theme === theme && cell.language === language;

/** A row for each Django and theme, a column for each language: reads / writes. */
export const renderTable = (outcomes: readonly Outcome[]): string => {
  const used = languages.filter((each) => outcomes.some(({ cell }) => cell.language === each));
  const rows = new Map(outcomes.map(({ cell }) => [`${cell.django} ${cell.theme}`, cell] as const));
  const body = [...rows].map(([name, { django, theme }]) =>
    line([
      name,
      ...used.map((language) =>
        cellText(outcomes.find(({ cell }) => isIn(cell, django, theme, language))),
      ),
    ]),
  );
  return [line(['reads / writes', ...used]), ...body].join('\n');
};

export const describeCell = ({ django, theme, language }: Cell): string =>
  `Django ${django}, ${theme}, ${language}`;

export const renderFailures = (outcomes: readonly Outcome[]): string =>
  outcomes
    .flatMap((outcome) => {
      if ('skipped' in outcome)
        return [`${describeCell(outcome.cell)}: skipped, ${outcome.skipped}`];
      const failures = [...outcome.failures.reads, ...outcome.failures.writes];
      return failures.map(({ check, why }) => `${describeCell(outcome.cell)}: ${check}: ${why}`);
    })
    .join('\n');
