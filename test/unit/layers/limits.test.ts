import { describe, expect, it } from 'vitest';
import { createBuckets } from '../../../src/layers/limits/buckets.ts';
import { createSlots, QueueFull } from '../../../src/layers/limits/slots.ts';
import { withLimits } from '../../../src/layers/limits.ts';
import { echoUpstream, nobody } from '../../support/plain-upstream.ts';

const never = new AbortController().signal;

describe('token buckets', () => {
  it('give a tenth of a minute at once, then one at a time', () => {
    let now = 0;
    const { take } = createBuckets(600, () => now);
    for (let call = 0; call < 60; call += 1) expect(take('a')).toBe(0);
    expect(take('a')).toBe(1);
    now += 100;
    expect(take('a')).toBe(0);
    expect(take('a')).toBe(1);
  });

  it('are one a caller', () => {
    const { take } = createBuckets(1, () => 0);
    while (take('a') === 0);
    expect(take('b')).toBe(0);
  });

  it('say how long to wait, and never fill beyond the brim', () => {
    let now = 0;
    const { take } = createBuckets(6, () => now);
    for (let call = 0; call < 10; call += 1) expect(take('a')).toBe(0);
    expect(take('a')).toBe(10);
    now += 3_600_000;
    for (let call = 0; call < 10; call += 1) expect(take('a')).toBe(0);
    expect(take('a')).toBe(10);
  });

  it('do not exist for 0 a minute', () => {
    const { take } = createBuckets(0, () => 0);
    for (let call = 0; call < 1000; call += 1) expect(take('a')).toBe(0);
  });
});

describe('slots', () => {
  it('make the calls of one caller wait for each other and let another pass', async () => {
    const slots = createSlots({ total: 3, perCaller: 1, queue: 10 });
    const first = await slots.acquire('a', never);
    const order: string[] = [];
    const second = slots.acquire('a', never).then((release) => {
      order.push('a2');
      release();
    });
    (await slots.acquire('b', never))();
    order.push('b');
    expect(slots.waiting()).toBe(1);
    first();
    await second;
    expect(order).toEqual(['b', 'a2']);
    expect([slots.running(), slots.waiting()]).toEqual([0, 0]);
  });

  it('refuse at once what the queue has no room for', async () => {
    const slots = createSlots({ total: 1, perCaller: 1, queue: 1 });
    await slots.acquire('a', never);
    void slots.acquire('b', never);
    await expect(slots.acquire('c', never)).rejects.toBeInstanceOf(QueueFull);
  });

  it('forget a call that was cancelled while it waited', async () => {
    const slots = createSlots({ total: 1, perCaller: 1, queue: 5 });
    const release = await slots.acquire('a', never);
    const abort = new AbortController();
    const waiting = slots.acquire('b', abort.signal);
    abort.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    release();
    expect([slots.running(), slots.waiting()]).toEqual([0, 0]);
  });

  it('are given back once, however often that is said', async () => {
    const slots = createSlots({ total: 2, perCaller: 2, queue: 0 });
    const release = await slots.acquire('a', never);
    await slots.acquire('a', never);
    release();
    release();
    expect(slots.running()).toBe(1);
  });
});

describe('the layer of limits', () => {
  const context = { caller: nobody, signal: never };

  it('refuses with the seconds to wait, and runs nothing', async () => {
    let ran = 0;
    const upstream = withLimits(
      {
        buckets: createBuckets(1, () => 0),
        slots: createSlots({ total: 1, perCaller: 1, queue: 0 }),
      },
      echoUpstream(() => {
        ran += 1;
        return { status: 200, body: {} };
      }),
    );
    for (let call = 0; call < 10; call += 1) await upstream.registry({}, context);
    await expect(upstream.registry({}, context)).rejects.toMatchObject({
      reason: 'busy',
      status: 429,
      details: { retry_after: 60 },
    });
    expect(ran).toBe(10);
  });

  it('gives the slot back after a failure', async () => {
    const slots = createSlots({ total: 1, perCaller: 1, queue: 0 });
    const upstream = withLimits(
      { buckets: createBuckets(0), slots },
      echoUpstream(() => {
        throw new Error('no');
      }),
    );
    await expect(upstream.registry({}, context)).rejects.toThrow('no');
    expect(slots.running()).toBe(0);
  });

  it('answers 503 when its queue is full', async () => {
    const slots = createSlots({ total: 1, perCaller: 1, queue: 0 });
    const upstream = withLimits({ buckets: createBuckets(0), slots }, echoUpstream());
    await slots.acquire('x', never);
    await expect(upstream.registry({}, context)).rejects.toMatchObject({
      reason: 'unavailable',
      status: 503,
    });
  });
});
