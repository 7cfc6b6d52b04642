import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/django/caller.ts';
import { createGate, type Verdict } from '../../../src/http/gate.ts';
import { GatewayError } from '../../../src/operations/errors.ts';

const callerNamed = (name: string) =>
  ({ fingerprint: () => name, hasSession: async () => true }) as unknown as Caller;
const { signal } = new AbortController();

const gateAnswering = (verdict: () => Verdict) => {
  const clock = { now: 0, asked: 0 };
  const gate = createGate(
    async () => {
      clock.asked += 1;
      return verdict();
    },
    () => clock.now,
  );
  return { gate, clock };
};

describe('the gate', () => {
  it.each([
    ['anonymous', 401],
    ['not_staff', 403],
    ['csrf', 403],
  ] as const)('turns %s into %i', async (verdict, status) => {
    const { gate } = gateAnswering(() => verdict);
    const error = await gate.check(callerNamed('a'), 'token', { signal }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(GatewayError);
    expect(error.status).toBe(status);
  });

  it('believes a good verdict for seconds only', async () => {
    const { gate, clock } = gateAnswering(() => 'ok');
    await gate.check(callerNamed('a'), 'token', { signal });
    clock.now = 4_000;
    await gate.check(callerNamed('a'), 'token', { signal });
    expect(clock.asked).toBe(1);
    clock.now = 6_000;
    await gate.check(callerNamed('a'), 'token', { signal });
    expect(clock.asked).toBe(2);
  });

  it('never lets one session pass on the verdict of another, or a write on that of a read', async () => {
    const { gate, clock } = gateAnswering(() => 'ok');
    await gate.check(callerNamed('a'), null, { signal });
    await gate.check(callerNamed('b'), null, { signal });
    await gate.check(callerNamed('a'), 'token', { signal });
    await gate.check(callerNamed('a'), 'other token', { signal });
    expect(clock.asked).toBe(4);
  });

  it('does not say that something may have been done when Django hung up on its question', async () => {
    const gate = createGate(async () => {
      throw new GatewayError('unknown_outcome', 'Lost.');
    });
    await expect(gate.check(callerNamed('a'), 'token', { signal })).rejects.toMatchObject({
      reason: 'upstream',
      hint: 'Nothing was done. Try again.',
    });
  });

  it('never remembers a refusal', async () => {
    let verdict: Verdict = 'anonymous';
    const { gate } = gateAnswering(() => verdict);
    await expect(gate.check(callerNamed('a'), 'token', { signal })).rejects.toThrow();
    verdict = 'ok';
    await gate.check(callerNamed('a'), 'token', { signal });
  });

  it('asks again about a session whose call Django refused, and about no other', async () => {
    const { gate, clock } = gateAnswering(() => 'ok');
    const pass = async () => {
      await gate.check(callerNamed('a'), null, { signal });
      await gate.check(callerNamed('a'), 'token', { signal });
      await gate.check(callerNamed('b'), null, { signal });
    };
    await pass();
    gate.forget('a');
    await pass();
    expect(clock.asked).toBe(5);
  });

  it('knows a caller that has yet to log in by the session that it gets, and by no other', async () => {
    const loggingIn = (name: string, isLetIn: boolean): Caller => {
      let session = 'nobody yet';
      return {
        fingerprint: () => session,
        hasSession: async () => {
          if (isLetIn) session = name;
          return isLetIn;
        },
      } as unknown as Caller;
    };
    const gate = createGate(async () => 'ok');
    await gate.check(loggingIn('a', true), null, { signal });
    await expect(gate.check(loggingIn('b', false), null, { signal })).rejects.toMatchObject({
      reason: 'anonymous',
    });
    expect(gate.remembered()).toBe(1);
  });
});
