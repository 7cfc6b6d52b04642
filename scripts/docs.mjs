/**
 * Writes what the documents derive from the code: `node scripts/docs.mjs`. With `--check` it
 * writes nothing and fails where a document no longer tells the truth.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { importSource } from './import-source.mjs';

const documents = ['README.md', 'docs/api-contract.md'];

const { files, sections } = await importSource('scripts/docs/render.ts');

const withSections = (text) => {
  let result = text;
  for (const [name, body] of Object.entries(sections)) {
    const pattern = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- /${name} -->)`);
    result = result.replace(pattern, (_, open, close) => `${open}${body}${close}`);
  }
  return result;
};

const wanted = new Map(Object.entries(files));
for (const path of documents) wanted.set(path, withSections(await readFile(path, 'utf8')));

const stale = [];
for (const [path, text] of wanted) {
  const present = await readFile(path, 'utf8').catch(() => '');
  if (present === text) continue;
  stale.push(path);
  if (process.argv.includes('--check')) continue;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

if (stale.length === 0) console.log('The generated documents are up to date.');
else if (process.argv.includes('--check')) {
  console.error(`Out of date: ${stale.join(', ')}. Run "npm run docs" and commit the result.`);
  process.exitCode = 1;
} else console.log(`Written: ${stale.join(', ')}.`);
