/** What a user downloads, and how long an install of it takes. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../scripts/lib/home.mjs';
import { installPacked } from '../../scripts/lib/packed.mjs';
import { rowOf } from '../lib/row.mjs';

/** Packages in a node_modules folder, scoped ones too. */
const packagesIn = async (folder) => {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  const scoped = await Promise.all(
    names.map((name) => (name.startsWith('@') ? readdir(join(folder, name)) : [name])),
  );
  return scoped.flat().length;
};

export const packed = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'django-admin-mcp-api-packed-'));
  try {
    const started = performance.now();
    const { size, files } = await installPacked(folder);
    const seconds = (performance.now() - started) / 1000;
    const { dependencies = {} } = JSON.parse(
      await readFile(join(packageRoot, 'package.json'), 'utf8'),
    );
    const beside = (await packagesIn(join(folder, 'node_modules'))) - 1;
    return [
      rowOf({
        what: 'package: tarball',
        figure: `${Math.round(size / 1024)} KB`,
        value: size / 1024,
        atMost: 600,
        unit: ' KB',
        headline: true,
        note: `${files.length} files`,
      }),
      rowOf({
        what: 'package: what an install brings along',
        figure: `${beside} packages`,
        value: beside + Object.keys(dependencies).length,
        atMost: 0,
        unit: ' packages',
        note: `packed and installed in ${seconds.toFixed(1)} s`,
      }),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
