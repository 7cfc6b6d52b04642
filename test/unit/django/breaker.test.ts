import { describe, expect, it } from 'vitest';
import { withBreaker } from '../../../src/django/breaker.ts';
import type { DjangoClient } from '../../../src/django/client.ts';
import type { DjangoResponse } from '../../../src/django/messages.ts';
import { parseSite } from '../../../src/django/parse-site.ts';
import { GatewayError, type Reason } from '../../../src/operations/errors.ts';

const request = { method: 'GET', path: '/admin/' } as const;
const delivery = { cookie: '', signal: new AbortController().signal };

/** A client in whose place one says what becomes of each request. */
const guarded = () => {
  let now = 0;
  let next: number | Reason = 200;
  let sent = 0;
  const client: DjangoClient = {
    site: parseSite({ adminUrl: 'http://127.0.0.1:9/admin/' }),
    close: async () => undefined,
    send: async () => {
      sent += 1;
      if (typeof next === 'string') throw new GatewayError(next, 'as told');
      return { status: next } as DjangoResponse;
    },
  };
  const breaker = withBreaker(client, () => now);
  const ask = (becomes: number | Reason): Promise<unknown> => {
    next = becomes;
    return breaker.send(request, delivery).then(
      ({ status }) => status,
      (error: GatewayError) => error.reason,
    );
  };
  return { ask, breaker, sent: () => sent, pass: (ms: number) => (now += ms) };
};

const failures: (number | Reason)[] = ['upstream', 'timeout', 'unknown_outcome', 502, 503];

describe('the circuit breaker', () => {
  it('opens after five failures in a row and then sends nothing', async () => {
    const { ask, breaker, sent } = guarded();
    for (const failure of failures) await ask(failure);
    expect(breaker.breaker()).toBe('open');
    expect(await ask(200)).toBe('unavailable');
    expect(sent()).toBe(5);
  });

  it('stays closed while any request in between is answered, an error page too', async () => {
    const { ask, breaker } = guarded();
    for (let round = 0; round < 5; round += 1) {
      for (const failure of failures.slice(0, 4)) await ask(failure);
      await ask(500);
    }
    expect(breaker.breaker()).toBe('closed');
  });

  it('does not count what says nothing about Django', async () => {
    const { ask, breaker } = guarded();
    for (let round = 0; round < 20; round += 1) await ask(round % 2 ? 'cancelled' : 'too_large');
    expect(breaker.breaker()).toBe('closed');
  });

  it('tries with one request after a pause, and closes when it is answered', async () => {
    const { ask, breaker, pass } = guarded();
    for (const failure of failures) await ask(failure);
    pass(1_000);
    expect(await ask(200)).toBe(200);
    expect(breaker.breaker()).toBe('closed');
    expect(await ask(200)).toBe(200);
  });

  it('waits longer after each trial that failed, up to half a minute', async () => {
    const { ask, pass, sent } = guarded();
    for (const failure of failures) await ask(failure);
    pass(1_000);
    for (const pause of [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
      const before = sent();
      expect(await ask('upstream')).toBe('upstream');
      pass(pause - 1);
      expect(await ask(200)).toBe('unavailable');
      expect(sent()).toBe(before + 1);
      pass(1);
    }
  });

  it('lets the next request try when the trial was cancelled', async () => {
    const { ask, pass } = guarded();
    for (const failure of failures) await ask(failure);
    pass(1_000);
    expect(await ask('cancelled')).toBe('cancelled');
    expect(await ask(200)).toBe(200);
  });
});
