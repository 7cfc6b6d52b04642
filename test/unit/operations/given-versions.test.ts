import { describe, expect, it } from 'vitest';
import { givenVersions } from '../../../src/operations/given-versions.ts';
import { versionOfRow } from '../../../src/operations/version.ts';

const version = versionOfRow('a row');

describe('the versions of a call on many objects', () => {
  it('takes them for some of the keys, or for none', () => {
    expect([...givenVersions({ 7: version }, ['6', '7']).keys()]).toEqual(['7']);
    expect(givenVersions(undefined, ['6']).size).toBe(0);
  });

  it('refuses those of other objects, and points at them', () => {
    expect(() => givenVersions({ 'a/b~c': version }, ['a'])).toThrow(
      expect.objectContaining({
        reason: 'input',
        details: { errors: [{ pointer: '/versions/a~1b~0c', message: expect.any(String) }] },
      }),
    );
    expect(() => givenVersions({ 7: version }, [])).toThrow(
      expect.objectContaining({ reason: 'input' }),
    );
  });

  it('refuses text that is no version, and points at it', () => {
    expect(() => givenVersions({ 7: 'yesterday' }, ['7'])).toThrow(
      expect.objectContaining({
        reason: 'input',
        details: { errors: [{ pointer: '/versions/7', message: expect.any(String) }] },
      }),
    );
  });
});
