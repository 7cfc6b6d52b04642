import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createKeyedMutex, createMutex } from '../../../src/session/mutex.ts';
import { createSingleFlight } from '../../../src/session/single-flight.ts';

const never = () => new AbortController().signal;

describe('a mutex', () => {
  it('runs one at a time, in order, past a failure', async () => {
    const exclusive = createMutex();
    const log: string[] = [];
    const job = (name: string, fail = false) =>
      exclusive(async () => {
        log.push(`${name} in`);
        await sleep(2);
        log.push(`${name} out`);
        if (fail) throw new Error(name);
        return name;
      });
    const results = await Promise.allSettled([job('a'), job('b', true), job('c')]);
    expect(log).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('of a key holds up nobody else', async () => {
    const of = createKeyedMutex();
    let release = () => {};
    const held = of('a')(
      () =>
        new Promise<void>((done) => {
          release = done;
        }),
    );
    await of('b')(async () => undefined);
    release();
    await held;
    await of('a')(async () => undefined);
  });
});

describe('a single flight', () => {
  it('runs once for all who ask meanwhile, and again for who asks later', async () => {
    let runs = 0;
    const fly = createSingleFlight(async () => {
      runs += 1;
      await sleep(2);
      return runs;
    });
    expect(await Promise.all([fly(never()), fly(never()), fly(never())])).toEqual([1, 1, 1]);
    expect(await fly(never())).toBe(2);
  });

  it('fails all who wait, and is tried again', async () => {
    let runs = 0;
    const fly = createSingleFlight(async () => {
      runs += 1;
      await sleep(1);
      throw new Error(`run ${runs}`);
    });
    const both = await Promise.allSettled([fly(never()), fly(never())]);
    expect(both).toMatchObject([
      { reason: { message: 'run 1' } },
      { reason: { message: 'run 1' } },
    ]);
    await expect(fly(never())).rejects.toThrow('run 2');
  });

  it('goes on when one of two gives up, and ends when both do', async () => {
    let aborted = false;
    const fly = createSingleFlight(async (signal) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      await sleep(30);
      return 'done';
    });
    const first = new AbortController();
    const second = new AbortController();
    const quitter = fly(first.signal);
    const stayer = fly(second.signal);
    first.abort();
    await expect(quitter).rejects.toMatchObject({ reason: 'cancelled' });
    expect(aborted).toBe(false);
    expect(await stayer).toBe('done');

    const alone = fly(second.signal);
    second.abort();
    await expect(alone).rejects.toMatchObject({ reason: 'cancelled' });
    expect(aborted).toBe(true);
    await expect(fly(second.signal)).rejects.toMatchObject({ reason: 'cancelled' });
  });
});
