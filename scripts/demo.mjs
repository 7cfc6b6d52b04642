/**
 * `npm run demo`: makes what is missing, then runs the demo: `--once` ends after the tour,
 * `--upstream rest`, `--django 6.1`. Works right after `git clone`.
 */
import { buildPackage, installPackages } from './lib/node-side.mjs';

for (const [what, make] of [
  ['npm packages', installPackages],
  ['dist/', buildPackage],
]) {
  const { ok, cached, detail } = await make();
  if (!cached) console.error(`${what}: ${detail}.`);
  if (ok) continue;
  console.error(detail);
  process.exit(1);
}

const { runSource } = await import('./run-source.mjs');
await runSource('scripts/demo/main.ts');
