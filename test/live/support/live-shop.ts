import { afterAll, beforeAll, describe } from 'vitest';
import { type DjangoSeries, NoFittingPython, prepareShop } from '../../../scripts/lib/shop.mjs';
import { type LiveOptions, type LiveShop, startLive, stopLive } from './start-live.ts';

export {
  type LiveOptions,
  type LiveShop,
  password,
  startLive,
  stopLive,
  type UserName,
} from './start-live.ts';

/** `DJANGO=5.2 npx vitest run --project live` runs one series only. */
export const djangoSeries = (process.env['DJANGO']?.split(',') ?? [
  '4.2',
  '5.2',
  '6.1',
]) as readonly DjangoSeries[];

/** For tests whose subject does not differ by Django; `DJANGO=4.2,6.1` runs them there as well. */
export const oneSeries: readonly DjangoSeries[] =
  process.env['DJANGO'] === undefined ? ['5.2'] : djangoSeries;

const reasonToSkip = async (django: DjangoSeries, options: LiveOptions) => {
  try {
    await prepareShop({ log: () => undefined, ...options, django });
    return undefined;
  } catch (error) {
    if (error instanceof NoFittingPython) return error.message;
    throw error;
  }
};

/**
 * Runs the same tests on a fresh shop of each Django series. A series is skipped only when no
 * Python of this machine runs it.
 */
export const describeShops = async (
  name: string,
  options: LiveOptions,
  body: (live: () => LiveShop, django: DjangoSeries) => void,
  series: readonly DjangoSeries[] = djangoSeries,
): Promise<void> => {
  for (const django of series) {
    const reason = await reasonToSkip(django, options);
    if (reason !== undefined) {
      describe.skip(`${name}, Django ${django}: ${reason}`, () => body(neverStarted, django));
      continue;
    }
    describe(`${name}, Django ${django}`, () => {
      let live: LiveShop | undefined;
      beforeAll(async () => {
        live = await startLive(django, options);
      });
      afterAll(async () => {
        if (live !== undefined) await stopLive(live);
      });
      body(() => live ?? neverStarted(), django);
    });
  }
};

const neverStarted = (): never => {
  throw new Error('The shop has not started.');
};
