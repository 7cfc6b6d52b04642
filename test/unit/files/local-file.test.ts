import { execFile } from 'node:child_process';
import {
  appendFile,
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLocalFile } from '../../../src/files/local-file.ts';

const secret = 'not to be read';

let base: string;
let root: string;
let outside: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'files-'));
  root = join(base, 'root');
  outside = join(base, 'root-of-others');
  await mkdir(join(root, 'sub'), { recursive: true });
  await mkdir(outside);
  await writeFile(join(root, 'a.txt'), 'fine');
  await writeFile(join(root, 'sub', 'b.pdf'), 'fine');
  await writeFile(join(outside, 'a.txt'), secret);
});

afterEach(async () => {
  await rm(base, { recursive: true });
});

const read = (path: string, maxBytes = 1000) => readLocalFile(root, path, undefined, maxBytes);

const fine = { bytes: Buffer.from('fine') };

describe('a file by path', () => {
  it('is read by a path relative to the folder and by an absolute one', async () => {
    expect(await read('a.txt')).toMatchObject({ ...fine, name: 'a.txt', mediaType: 'text/plain' });
    expect(await read(join(root, 'sub', 'b.pdf'))).toMatchObject({
      ...fine,
      name: 'b.pdf',
      mediaType: 'application/pdf',
    });
    expect(await read('sub/../a.txt')).toMatchObject(fine);
  });

  it('is read through links that stay inside, and through a link to the folder itself', async () => {
    await symlink(join(root, 'sub'), join(root, 'link'));
    await symlink(root, join(base, 'alias'));
    expect(await read('link/b.pdf')).toMatchObject(fine);
    const alias = join(base, 'alias');
    expect(await readLocalFile(alias, join(alias, 'a.txt'), undefined, 1000)).toMatchObject(fine);
  });

  it('is refused outside of the folder in the same words, whether it is there or not', async () => {
    await symlink(join(outside, 'a.txt'), join(root, 'leak.txt'));
    await symlink(outside, join(root, 'leak'));
    await symlink(join(base, 'nothing'), join(root, 'dangling.txt'));
    const missing = await read('missing.txt');
    expect(missing).toHaveProperty('refused');
    for (const path of [
      '../root-of-others/a.txt',
      'sub/../../root-of-others/a.txt',
      join(outside, 'a.txt'),
      `${root}-of-others/a.txt`,
      '/etc/passwd',
      '/etc/no-such-file',
      'leak.txt',
      'leak/a.txt',
      'dangling.txt',
      'a.txt\0',
      '.',
      'sub',
      root,
    ])
      expect(await read(path), path).toEqual(missing);
  });

  it('is refused when it is no regular file, and a pipe keeps nobody waiting', async () => {
    await promisify(execFile)('mkfifo', [join(root, 'pipe')]);
    await symlink('/dev/zero', join(root, 'zero'));
    expect(await read('pipe')).toHaveProperty('refused');
    expect(await read('zero')).toHaveProperty('refused');
    expect(await readLocalFile('/dev', 'null', undefined, 1000)).toHaveProperty('refused');
  });

  it('is refused when it is too large', async () => {
    expect(await read('a.txt', 4)).toMatchObject(fine);
    await appendFile(join(root, 'a.txt'), '!');
    expect(await read('a.txt', 4)).toEqual({ refused: 'Give a file of at most 4 bytes.' });
  });

  it('never comes from elsewhere while its folder is swapped for a link', async () => {
    const folder = join(root, 'swapped');
    await mkdir(folder);
    await writeFile(join(folder, 'a.txt'), 'fine');
    const aside = join(root, 'aside');
    let isOver = false;
    const swapping = (async () => {
      while (!isOver) {
        await rename(folder, aside);
        await symlink(outside, folder);
        await setTimeout(Math.random());
        await unlink(folder);
        await rename(aside, folder);
        await setTimeout(Math.random() * 2);
      }
    })();
    const seen = new Set<string>();
    for (let i = 0; i < 600; i++) {
      const got = await read('swapped/a.txt');
      seen.add('refused' in got ? 'refused' : Buffer.from(got.bytes).toString());
    }
    isOver = true;
    await swapping;
    expect(seen).not.toContain(secret);
    expect(seen).toContain('fine');
  });
});
