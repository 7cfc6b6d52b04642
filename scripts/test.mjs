/**
 * `npm test`: makes what is missing, then runs every test. Further arguments go to vitest. Ends with one
 * line that counts: `N passed, N failed, N skipped`.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const run = (command, args) =>
  new Promise((resolve) => {
    spawn(command, args, { stdio: 'inherit' }).on('exit', (code) => resolve(code ?? 1));
  });

const setup = await run(process.execPath, ['scripts/setup.mjs']);
if (setup !== 0) process.exit(setup);

const folder = await mkdtemp(join(tmpdir(), 'django-admin-mcp-api-test-'));
const report = join(folder, 'report.json');
const code = await run(process.execPath, [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
]);
const counts = await readFile(report, 'utf8').then(JSON.parse, () => undefined);
await rm(folder, { recursive: true, force: true });
if (counts !== undefined) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = counts;
  const skipped = numPendingTests + numTodoTests;
  console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${skipped} skipped`);
}
process.exit(code);
