/** Programs of others, installed into a folder of their own: never part of the package. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveHome } from '../../scripts/lib/home.mjs';
import { run } from '../../scripts/lib/run.mjs';

const folder = join(resolveHome(), '.cache', 'bench', 'tools');

const wanted = { '@playwright/mcp': '0.0', 'mcp-remote': '0.15' };

/** @returns {Promise<Record<string, { folder: string, version: string }>>} */
export const installTools = async () => {
  await mkdir(folder, { recursive: true });
  const at = (name) => join(folder, 'node_modules', name);
  if (!Object.keys(wanted).every((name) => existsSync(at(name)))) {
    await writeFile(join(folder, 'package.json'), '{"private": true}');
    const names = Object.entries(wanted).map(([name, version]) => `${name}@${version}`);
    const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
    const { ok, failure } = await run('npm', ['install', ...quiet, ...names], { cwd: folder });
    if (!ok) throw new Error(`The tools to compare with could not be installed: ${failure}`);
  }
  const found = Object.keys(wanted).map(async (name) => {
    const { version } = JSON.parse(await readFile(join(at(name), 'package.json'), 'utf8'));
    return [name, { folder: at(name), version }];
  });
  return Object.fromEntries(await Promise.all(found));
};
