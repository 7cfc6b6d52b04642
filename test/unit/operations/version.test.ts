import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../src/operations/errors.ts';
import {
  changedGroups,
  parseVersion,
  type Version,
  versionOfGroups,
  versionOfRow,
} from '../../../src/operations/version.ts';

const formVersionOf = (groups: ReadonlyMap<string, string>): Extract<Version, { kind: 'form' }> => {
  const version = parseVersion(versionOfGroups(groups));
  if (version.kind !== 'form') throw new Error('not the version of a form');
  return version;
};

const product = new Map([
  ['name', 'Oak stool'],
  ['price', '12.50'],
  ['line_set', '3:1'],
]);

const errorOf = (run: () => unknown): GatewayError | undefined => {
  try {
    run();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  return undefined;
};

describe('a version', () => {
  it('is the same in whatever order the groups come', () => {
    expect(versionOfGroups(new Map([...product].reverse()))).toBe(versionOfGroups(product));
  });

  it('has a mark for each group', () => {
    expect(versionOfGroups(product)).toMatch(/^f\.[\w-]{16}\.[\w-]{3}$/);
    expect(versionOfRow('a')).toMatch(/^r\.[\w-]{11}$/);
  });

  it('names the group that changed', () => {
    const changed = new Map(product).set('price', '13.00');
    expect(changedGroups(formVersionOf(product), changed)).toEqual(['price']);
  });

  it('names nothing where nothing changed', () => {
    expect(changedGroups(formVersionOf(product), new Map(product))).toEqual([]);
  });

  it('says that it cannot name the change where a field came or went', () => {
    const { marks } = formVersionOf(product);
    expect(marks).toHaveLength(3);
    expect(changedGroups(formVersionOf(product), new Map(product).set('sku', ''))).toBeNull();
  });

  it('notices a change beyond the groups that have a mark', () => {
    const many = new Map(Array.from({ length: 320 }, (_, i) => [`f${1000 + i}`, 'x']));
    const version = formVersionOf(many);
    expect(version.marks).toHaveLength(300);
    expect(changedGroups(version, new Map(many).set('f1310', 'y'))).toBeNull();
    expect(versionOfGroups(many).length).toBeLessThan(400);
  });

  it('never takes one state for another', () => {
    const texts = fc.dictionary(fc.string({ maxLength: 4 }), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        const before = new Map(Object.entries(a));
        const after = new Map(Object.entries(b));
        const isSame =
          before.size === after.size &&
          [...before].every(([name, text]) => after.get(name) === text);
        const changed = changedGroups(formVersionOf(before), after);
        expect(changed?.length === 0).toBe(isSame);
        for (const name of changed ?? []) expect(before.get(name)).not.toBe(after.get(name));
      }),
    );
  });

  it.each(['', 'x', 'f.', 'r.short', 'f.0123456789abcdef', 'r.0123456789a\n', '"f"'])(
    'is refused with the pointer of its argument when it is %j',
    (text) => {
      const error = errorOf(() => parseVersion(text, '/versions/7'));
      expect(error?.reason).toBe('input');
      expect(error?.details?.['errors']).toEqual([
        { pointer: '/versions/7', message: 'is no version of this gateway' },
      ]);
      expect(error?.hint).toContain('retrieve');
    },
  );
});
