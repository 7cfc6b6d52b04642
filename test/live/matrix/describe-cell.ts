import { afterAll, beforeAll, describe, test } from 'vitest';
import { prepareShop } from '../../../scripts/lib/shop.mjs';
import { type Cell, liveOptions } from '../../../scripts/matrix/cell.ts';
import { createGround, type Ground } from '../../../scripts/matrix/ground.ts';
import { checks } from '../../../scripts/matrix/run-cell.ts';
import { describeCell } from '../../../scripts/matrix/table.ts';
import { type LiveShop, startLive, stopLive } from '../support/start-live.ts';

/** Why the cell cannot be run on this machine: its theme could not be installed. */
const reasonToSkip = async (cell: Cell): Promise<string> => {
  const options = { log: () => undefined, ...liveOptions(cell), django: cell.django };
  try {
    const { missing } = await prepareShop(options);
    return missing.map(({ name, why }) => `${name}: ${why}`).join('; ');
  } catch (error) {
    // Without its theme the shop does not start; without a theme that is a failure.
    if (cell.theme === 'stock') throw error;
    return error instanceof Error ? error.message.slice(0, 200) : String(error);
  }
};

/** The checks of one cell of the matrix (`npm run matrix` runs all cells), a test each. */
export const describeMatrixCell = async (cell: Cell): Promise<void> => {
  const reason = await reasonToSkip(cell);
  if (reason !== '') {
    describe.skip(`${describeCell(cell)}: ${reason}`, () => {
      test('was not run', () => undefined);
    });
    return;
  }
  describe(describeCell(cell), () => {
    let live: LiveShop | undefined;
    let ground: Ground | undefined;
    beforeAll(async () => {
      live = await startLive(cell.django, liveOptions(cell));
      ground = createGround(live);
    });
    afterAll(async () => {
      if (live !== undefined) await stopLive(live);
    });
    const quick = [...checks.reads, ...checks.writes].filter(({ isSlow }) => isSlow !== true);
    for (const { name, run } of quick)
      test(name, async () => {
        if (ground === undefined) throw new Error('The shop has not started.');
        await run(ground);
      });
  });
};
