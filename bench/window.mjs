/**
 * How long another writer, whom this process does not see, may get between our reading of a form
 * and Django's saving of it: `node bench/window.mjs [rounds]`. Prints medians in milliseconds.
 */

import { startShop } from '../scripts/lib/shop.mjs';
import { runSource } from '../scripts/run-source.mjs';
import { quantile } from './lib/statistics.mjs';

const rounds = Number(process.argv[2] ?? 40);
const { measure } = await runSource('bench/window.ts');

const shop = await startShop({ django: '5.2', env: { SHOP_REST_API: '0' }, log: () => undefined });
try {
  for (const [model_name, pk, field] of [
    ['tag', '1', 'name'],
    ['supplier', '1', 'name'],
  ]) {
    const object = { app_label: 'catalog', model_name, pk };
    const windows = await measure(shop.adminUrl, object, field, rounds);
    const median = (pick) => quantile(windows.map(pick), 0.5).toFixed(1);
    console.log(
      `catalog.${model_name}: post sent ${median(({ sent }) => sent)} ms after the form was read, answered after ${median(({ answered }) => answered)} ms`,
    );
  }
} catch (error) {
  // Its stack would hold the whole bundled source.
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await shop.stop();
}
