/**
 * Writes the types folder of dist/: the declarations that the library's public types need, and no others,
 * so that a user's compiler never asks for a package that we bundle.
 */
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const all = '.cache/types';
const relativeImport = /(from |import\()'(\.[^']+)\.ts'/g;

/** @param {string} published the folder to write them to */
export const buildTypes = async (published) => {
  await promisify(execFile)(process.execPath, [
    'node_modules/typescript/bin/tsc',
    ...['-p', 'tsconfig.build.json', '--outDir', all],
  ]).catch(({ stdout }) => {
    throw new Error(`The declarations do not compile:\n${stdout}`);
  });
  const seen = new Set();
  const copy = async (path) => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = await readFile(join(all, path), 'utf8');
    const target = join(published, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text.replace(relativeImport, "$1'$2.js'"));
    for (const [, keyword, specifier] of text.matchAll(relativeImport))
      if (keyword !== 'import(') await copy(join(dirname(path), `${specifier}.d.ts`));
  };
  await copy('index.d.ts');
};
