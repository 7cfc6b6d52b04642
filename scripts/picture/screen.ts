import xterm from '@xterm/headless';
import type { Cast } from './cast.ts';

/** Neighbouring cells of one look. */
export interface Run {
  readonly column: number;
  readonly cells: number;
  readonly text: string;
  /** 0 to 15; undefined for the terminal's own. */
  readonly color: number | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
}

type Look = Pick<Run, 'color' | 'bold' | 'dim'>;

type Cell = ReturnType<
  NonNullable<ReturnType<xterm.Terminal['buffer']['active']['getLine']>>['getCell']
>;

const lookOf = (cell: NonNullable<Cell>): Look => ({
  color: cell.isFgPalette() ? cell.getFgColor() : undefined,
  bold: cell.isBold() !== 0,
  dim: cell.isDim() !== 0,
});

const isSameLook = (one: Look, other: Look): boolean =>
  one.color === other.color && one.bold === other.bold && one.dim === other.dim;

const runsOf = (cells: readonly Cell[]): readonly Run[] => {
  const runs: Run[] = [];
  cells.forEach((cell, column) => {
    // The second half of a wide character has no width of its own.
    if (cell === undefined || cell.getWidth() === 0) return;
    const look = lookOf(cell);
    const text = cell.getChars() || ' ';
    const last = runs.at(-1);
    if (last !== undefined && isSameLook(last, look))
      runs[runs.length - 1] = {
        ...last,
        text: last.text + text,
        cells: last.cells + cell.getWidth(),
      };
    else runs.push({ column, cells: cell.getWidth(), text, ...look });
  });
  return runs.filter(({ text }) => text.trim() !== '');
};

/** What stands on the terminal in the end, line by line, with what has scrolled out at its top. */
export const screenOf = async ({
  width,
  height,
  output,
}: Cast): Promise<readonly (readonly Run[])[]> => {
  const terminal = new xterm.Terminal({ cols: width, rows: height, allowProposedApi: true });
  await new Promise<void>((resolve) => {
    terminal.write(output.map(([, text]) => text).join(''), resolve);
  });
  const { active } = terminal.buffer;
  const lines = Array.from({ length: active.length }, (_, at) => {
    const line = active.getLine(at);
    return runsOf(Array.from({ length: width }, (__, column) => line?.getCell(column)));
  });
  terminal.dispose();
  return lines.slice(0, lines.findLastIndex((line) => line.length > 0) + 1);
};
