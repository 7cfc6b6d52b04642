/** The shop's pinned requirement files, and a digest that tells when they have changed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shopSource } from './home.mjs';
import { pythonsFor } from './python.mjs';

const folder = join(shopSource, 'requirements');

/**
 * @param {string} django
 */
export const assertSeries = (django) => {
  if (!Object.hasOwn(pythonsFor, django)) {
    throw new Error(
      `There is no Django ${django} here; known are ${Object.keys(pythonsFor).join(', ')}.`,
    );
  }
};

/**
 * @param {string} name `django-5.2`
 * @returns {string}
 */
export const requirementFile = (name) => {
  const file = join(folder, `${name}.txt`);
  if (!existsSync(file)) {
    throw new Error(
      `examples/shop/requirements/${name}.txt is missing, so "${name}" cannot be installed.`,
    );
  }
  return file;
};

/**
 * An extra may have a file of its own for one Django (`themes-3.2.txt` beside `themes.txt`).
 *
 * @param {string} name
 * @param {string} django
 */
export const extraFile = (name, django) =>
  existsSync(join(folder, `${name}-${django}.txt`))
    ? requirementFile(`${name}-${django}`)
    : requirementFile(name);

/**
 * The file's lines and those of the files that it includes.
 *
 * @param {string} file
 * @returns {string[]}
 */
const pins = (file) =>
  readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .flatMap((line) => {
      const included = /^\s*(?:-r|-c|--requirement|--constraint)[\s=]+(\S+)/.exec(line)?.[1];
      return included ? [line, ...pins(join(dirname(file), included))] : [line];
    });

/**
 * @param {string} file
 * @param {string} recipe how it is installed; a changed recipe makes everything anew
 */
export const requirementDigest = (file, recipe) =>
  createHash('sha256')
    .update(JSON.stringify([recipe, pins(file)]))
    .digest('hex')
    .slice(0, 16);
