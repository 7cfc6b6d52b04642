/**
 * `npm run mcpb`: packs the built package as a bundle for Claude Desktop, checked by the
 * format's own command line. `--out FILE` names it; the default is in .cache/.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { importSource } from './import-source.mjs';

const { values: flags } = parseArgs({
  options: { out: { type: 'string', default: '.cache/django-admin-mcp-api.mcpb' } },
});
const out = resolve(flags.out);
const run = promisify(execFile);
const mcpb = (...args) =>
  run(process.execPath, ['node_modules/@anthropic-ai/mcpb/dist/cli/cli.js', ...args]);

const { manifest } = await importSource('scripts/mcpb/manifest.ts');
const folder = await mkdtemp(join(tmpdir(), 'mcpb-'));
try {
  await cp('dist', join(folder, 'dist'), {
    recursive: true,
    filter: (path) => !path.endsWith('types'),
  });
  await cp('LICENSE', join(folder, 'LICENSE'));
  // Node reads from here that the files are modules.
  await writeFile(join(folder, 'package.json'), '{"type": "module"}\n');
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await mcpb('validate', join(folder, 'manifest.json'));
  await mkdir(dirname(out), { recursive: true });
  await mcpb('pack', folder, out);
  console.log(`${out}: ${Math.round((await stat(out)).size / 1024)} KB`);
} catch (error) {
  console.error(error.stdout || error.stderr || error.message);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
