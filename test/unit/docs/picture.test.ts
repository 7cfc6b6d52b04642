import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatCast, parseCast } from '../../../scripts/picture/cast.ts';
import { screenOf } from '../../../scripts/picture/screen.ts';
import { svgOf } from '../../../scripts/picture/svg.ts';

const read = (path: string): string =>
  readFileSync(join(import.meta.dirname, '../../..', path), 'utf8');

const recording = read('docs/session.cast');
const cast = parseCast(recording);
const picture = read('docs/session.svg');

const maxPictureChars = 150_000;
const maxReadmeLines = 250;

const shown = async (text: string): Promise<readonly string[]> =>
  (await screenOf({ width: 20, height: 5, title: '', output: [[0, text]] })).map((line) =>
    line
      .map((run) => run.text)
      .join('|')
      .trimEnd(),
  );

describe('the picture in the README', () => {
  it('is made from the recording, and from nothing else', async () => {
    expect(svgOf(await screenOf(cast), cast.width, cast.title)).toBe(picture);
    expect(formatCast(cast)).toBe(recording);
  });

  it('shows a client that says it is connected, a dry run, and a delete that was declined', async () => {
    const text = (await screenOf(cast))
      .map((line) => line.map((run) => run.text).join(''))
      .join('\n');
    expect(text).toMatch(/\$ claude mcp list\n\s*django-admin: .* ✔ Connected/);
    expect(text).toContain('"dry_run": true');
    expect(text).toContain('This cannot be undone.');
    expect(text).toContain('said no. Nothing was done.');
  });

  it('gives away no secret and nothing of the machine that it was recorded on', () => {
    expect(recording).not.toMatch(/shop-demo-pass|sessionid|csrftoken/);
    expect(recording).not.toMatch(/\/(?:home|root|Users|work|opt|usr|var)\//);
  });

  it('is small, and so is the README that shows it', () => {
    expect(picture.length).toBeLessThan(maxPictureChars);
    const readme = read('README.md');
    expect(readme).toContain('](docs/session.svg)');
    expect(readme.split('\n').length).toBeLessThanOrEqual(maxReadmeLines);
  });
});

describe('the screen of a recording', () => {
  it('is what the terminal shows in the end, not what went through it', async () => {
    expect(await shown('one\r\ntwo\x1b[1A\rsix')).toEqual(['six', 'two']);
  });

  it('parts what looks different', async () => {
    expect(await shown('\x1b[1;32m$\x1b[0;1m ls\x1b[0m -l')).toEqual(['$| ls| -l']);
  });

  it('counts a wide character as two cells', async () => {
    const [line] = await screenOf({ width: 20, height: 2, title: '', output: [[0, '日本 x']] });
    expect(line?.[0]).toMatchObject({ column: 0, text: expect.stringMatching(/^日本 x/) });
    expect(line?.[0]?.cells).toBe((line?.[0]?.text.length ?? 0) + 2);
  });
});
