import { startLive, stopLive } from '../../test/live/support/start-live.ts';
import { actionChecks } from './action-checks.ts';
import { type Cell, liveOptions } from './cell.ts';
import { type Check, createGround, type Ground } from './ground.ts';
import { listChecks } from './list-checks.ts';
import { pageChecks } from './page-checks.ts';
import { writeChecks } from './write-checks.ts';

export const checks = {
  reads: [...pageChecks, ...listChecks],
  writes: [...writeChecks, ...actionChecks],
} as const satisfies Readonly<Record<string, readonly Check[]>>;

export interface Failure {
  readonly check: string;
  readonly why: string;
}

export interface CellResult {
  readonly cell: Cell;
  readonly failures: Readonly<Record<keyof typeof checks, readonly Failure[]>>;
}

const failuresOf = async (group: readonly Check[], ground: Ground): Promise<Failure[]> => {
  const failures: Failure[] = [];
  for (const { name, run } of group) {
    try {
      await run(ground);
    } catch (error) {
      failures.push({ check: name, why: error instanceof Error ? error.message : String(error) });
    }
  }
  return failures;
};

/** Starts the shop of a cell and runs every check: reads first, on untouched data. */
export const runCell = async (cell: Cell): Promise<CellResult> => {
  const live = await startLive(cell.django, liveOptions(cell));
  try {
    const ground = createGround(live);
    const reads = await failuresOf(checks.reads, ground);
    const writes = await failuresOf(checks.writes, ground);
    return { cell, failures: { reads, writes } };
  } finally {
    await stopLive(live);
  }
};
