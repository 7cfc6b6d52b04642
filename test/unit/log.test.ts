import { describe, expect, it } from 'vitest';
import { causeOf, withoutQuotes } from '../../src/log.ts';

/** What goes wrong when something cannot take a text. */
const thrownBy = (run: () => unknown): Error => {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('Nothing was thrown.');
};

describe('the cause of a fault, in the log', () => {
  it.each([
    () => JSON.parse('{"name": "canary"'),
    () => JSON.parse('canary'),
    () => JSON.parse(`{"a": "b\\"canary`),
    () => new URL('canary'),
    () => Buffer.alloc('canary' as never),
  ])('names what it is and where, and quotes nothing: %s', (run) => {
    const cause = thrownBy(run);
    const fields = causeOf({ cause });
    expect(JSON.stringify(fields['cause'])).not.toContain('canary');
    expect(fields['cause']).toMatch(/^\w*Error: ./);
    expect(fields['stack']).toMatch(/^\s+at /);
    expect(fields['stack']).not.toContain('Error:');
  });

  it('is left out where there is none', () => {
    expect(causeOf({})).toEqual({});
  });

  it('leaves a message without quotes as it is, and bounds it', () => {
    expect(withoutQuotes('connect ECONNREFUSED 127.0.0.1:80')).toBe(
      'connect ECONNREFUSED 127.0.0.1:80',
    );
    expect(withoutQuotes('a'.repeat(5000))).toHaveLength(300);
  });
});
