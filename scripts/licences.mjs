/** The notices of everything that is bundled, as their licences ask for. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const packageOf = (input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];

const noticeOf = async (folder) => {
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const files = (await readdir(folder)).filter((file) => /^(licen[sc]e|notice)/i.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return [`${name} ${version}, ${license}`, ...texts.map((text) => text.trim())].join('\n\n');
};

/** @param {readonly string[]} inputs paths of the bundled files */
export const thirdPartyNotices = async (inputs) => {
  const folders = [...new Set(inputs.map(packageOf).filter(Boolean))].sort();
  const notices = await Promise.all(folders.map(noticeOf));
  return `This package contains the following software.\n\n${notices.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
};
