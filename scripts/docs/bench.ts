import { existsSync, readFileSync } from 'node:fs';

interface Row {
  readonly what: string;
  readonly figure: string;
  readonly against: string;
  readonly ratio: number | null;
  readonly target: string;
  readonly verdict: 'met' | 'missed' | 'shown';
  readonly headline: boolean;
}

interface Results {
  readonly date: string;
  readonly django: string;
  readonly machine: { readonly cores: number; readonly memoryGb: number; readonly node: string };
  readonly rows: readonly Row[];
}

const file = 'bench/results.json';

/** What is judged is a ratio, unless the target has a unit. */
const shown = ({ figure, against, ratio, target }: Row): string => {
  const told = ratio === null || against === '' ? '' : `${ratio} × ${against}`;
  if (told === '') return figure;
  return /^. [\d.]+$/.test(target) ? told : `${figure}; ${told}`;
};

const cells = (row: Row): readonly string[] => {
  const { what, target, verdict } = row;
  return [what, shown(row), target, verdict === 'shown' ? '' : verdict];
};

/** The ratios of the last whole `npm run bench`, for the README. */
export const benchSection = (
  table: (head: readonly string[], rows: readonly (readonly string[])[]) => string,
): string => {
  if (!existsSync(file)) return 'Not measured yet; `npm run bench` does it.';
  const { date, django, machine, rows } = JSON.parse(readFileSync(file, 'utf8')) as Results;
  const shape = `${machine.cores} cores, ${machine.memoryGb} GB, Node ${machine.node.slice(1)}, Django ${django}`;
  return [
    `Measured on ${date} (${shape}), all in one run; [bench/README.md](bench/README.md) says what each number means.`,
    table(
      ['What', 'Figure or ratio', 'Target', ''],
      rows.filter(({ headline }) => headline).map(cells),
    ),
  ].join('\n\n');
};
