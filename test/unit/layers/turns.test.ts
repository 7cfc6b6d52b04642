import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Claim, createTurns, TooManyWaiting } from '../../../src/layers/one-writer/turns.ts';

const never = new AbortController().signal;
const keys = (...of: string[]): Claim => new Set(of);
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('turns of writers', () => {
  it('come in the order of asking, for the same object', async () => {
    const turns = createTurns(10);
    const order: number[] = [];
    const first = await turns.take('m', keys('1'), never);
    const others = [1, 2, 3].map(async (number) => {
      const release = await turns.take('m', keys('1'), never);
      order.push(number);
      release();
    });
    await settled();
    expect(order).toEqual([]);
    first();
    await Promise.all(others);
    expect(order).toEqual([1, 2, 3]);
    expect(turns.size()).toBe(0);
  });

  it('are at once for other objects and for other models', async () => {
    const turns = createTurns(10);
    await turns.take('m', keys('1'), never);
    await turns.take('m', keys('2'), never);
    await turns.take('n', keys('1'), never);
    expect(turns.size()).toBe(3);
  });

  it('let nobody overtake one who waits for several objects', async () => {
    const turns = createTurns(10);
    const order: string[] = [];
    const first = await turns.take('m', keys('1'), never);
    const both = turns.take('m', keys('1', '2'), never).then((release) => {
      order.push('both');
      release();
    });
    const late = turns.take('m', keys('2'), never).then((release) => {
      order.push('late');
      release();
    });
    await settled();
    expect(order).toEqual([]);
    first();
    await Promise.all([both, late]);
    expect(order).toEqual(['both', 'late']);
  });

  it('go on when one who waits gives up', async () => {
    const turns = createTurns(10);
    const gone = new AbortController();
    const first = await turns.take('m', keys('1'), never);
    const all = turns.take('m', 'all', gone.signal);
    const other = turns.take('m', keys('2'), never);
    gone.abort(new Error('no longer waited for'));
    await expect(all).rejects.toThrow('no longer waited for');
    (await other)();
    first();
    expect(turns.size()).toBe(0);
  });

  it('are refused once too many wait', async () => {
    const turns = createTurns(1);
    const first = await turns.take('m', keys('1'), never);
    const second = turns.take('m', keys('1'), never);
    await expect(turns.take('m', keys('1'), never)).rejects.toThrow(TooManyWaiting);
    await expect(turns.take('m', keys('2'), never)).resolves.toBeTypeOf('function');
    first();
    await second;
  });

  it('never overlap and are all given, whatever is asked for and given up', async () => {
    const claim = fc.oneof(
      fc.constant<Claim>('all'),
      fc.uniqueArray(fc.constantFrom('1', '2', '3'), { minLength: 1 }).map((of) => keys(...of)),
    );
    const writers = fc.array(fc.record({ claim, givesUp: fc.boolean() }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(writers, async (all) => {
        const turns = createTurns(100);
        const holders = new Map<string, number>();
        const run = async (each: (typeof all)[number], number: number): Promise<void> => {
          const stop = new AbortController();
          const turn = turns.take('m', each.claim, stop.signal);
          if (each.givesUp) stop.abort(new Error('gone'));
          const release = await turn.catch(() => undefined);
          if (release === undefined) return;
          const mine = each.claim === 'all' ? ['1', '2', '3'] : [...each.claim];
          for (const key of mine) {
            expect(holders.has(key)).toBe(false);
            holders.set(key, number);
          }
          await settled();
          for (const key of mine) holders.delete(key);
          release();
        };
        await Promise.all(all.map(run));
        expect(turns.size()).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});
