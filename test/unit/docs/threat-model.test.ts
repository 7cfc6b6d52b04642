import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const text = readFileSync(join(root, 'docs/threat-model.md'), 'utf8');

/** `path`: "name"; "name" */
const citation = /`(test\/[^`]+\.ts)`(?::\s*((?:"[^"]+"[;\s]*)+))?/g;

const cited = [...text.matchAll(citation)].map(([, path = '', names = '']) => ({
  path,
  names: [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
}));

describe('the threat model', () => {
  it.each(cited)('cites tests that are there: $path', ({ path, names }) => {
    expect(existsSync(join(root, path))).toBe(true);
    const source = readFileSync(join(root, path), 'utf8');
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !source.includes(name))).toEqual([]);
  });

  it('holds no threat without a test, but for those that it says are not held', () => {
    const [held = ''] = text.split('## What is not held');
    const sections = held.split(/^## /m).slice(2);
    const bare = sections.filter((section) => !/`(?:test|scripts)\/[^`]+`/.test(section));
    expect(bare.map((section) => section.split('\n')[0])).toEqual([]);
  });
});
