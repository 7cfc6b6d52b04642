/**
 * `npm run demo`: makes what is missing, then runs the demo of the built package. Works right
 * after `git clone`.
 */
import { spawn } from 'node:child_process';
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

const demo = spawn(process.execPath, ['dist/main.js', 'demo', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// Ctrl+C reaches the demo by itself, as it is in our process group; it ends in its own time.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => demo.kill('SIGTERM'));
demo.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
