import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { needed } from './scripts/lib/programs.mjs';

const minute = 60_000;

/** A live test waits for Django half of its time, so that two fit even on two cores. */
const workers = Math.max(2, availableParallelism() - 1);

export default defineConfig({
  test: {
    maxWorkers: workers,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          pool: 'threads',
          isolate: false,
          // For machines that do something else as well; none of these waits for time.
          testTimeout: minute / 2,
        },
      },
      {
        test: {
          name: 'live',
          // Tests that need a browser or nginx are listed only where there is one.
          include: ['test/live/**/*.test.ts', ...needed.map((name) => `test/${name}/**/*.test.ts`)],
          pool: 'forks',
          testTimeout: minute,
          hookTimeout: 3 * minute,
        },
      },
    ],
  },
});
