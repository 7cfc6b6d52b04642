import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/django/caller.ts';
import { withRenewal } from '../../../src/layers/renewal.ts';
import type { OperationName } from '../../../src/operations/catalogue.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { runOperation } from '../../../src/operations/upstream.ts';
import { calls } from '../../support/calls.ts';
import { echoUpstream, nobody } from '../../support/plain-upstream.ts';

const { signal } = new AbortController();

const outcome = async (
  upstream: ReturnType<typeof echoUpstream>,
  name: OperationName,
  given: object,
  caller: Caller = nobody,
): Promise<string> => {
  try {
    const answer = await runOperation(upstream, name, parseInput(name, given), { caller, signal });
    return `ran ${answer.body['operation']}`;
  } catch (error) {
    return error instanceof GatewayError ? error.reason : 'another error';
  }
};

describe('a session that ends in the middle', () => {
  const dyingOnce = (details?: { partly_done: boolean }) => {
    let dead = true;
    const runs: string[] = [];
    const upstream = withRenewal(
      echoUpstream((name) => {
        runs.push(name);
        if (dead) throw new GatewayError('anonymous', 'Session over.', details && { details });
        return { status: 200, body: { operation: name } };
      }),
    );
    const caller = (holdsCredentials: boolean) =>
      ({
        signInHint: 'Log in.',
        hasSession: async () => true,
        renew: async () => {
          if (holdsCredentials) dead = false;
          return holdsCredentials;
        },
      }) as unknown as Caller;
    return { upstream, runs, caller };
  };

  it.each(['list', 'update'] as const)('is renewed, and %s runs once more', async (name) => {
    const { upstream, runs, caller } = dyingOnce();
    expect(await outcome(upstream, name, calls[name], caller(true))).toBe(`ran ${name}`);
    expect(runs).toEqual([name, name]);
  });

  it('is begun where there is none yet', async () => {
    let loggedIn = false;
    const caller = {
      hasSession: async () => loggedIn,
      renew: async () => {
        loggedIn = true;
        return true;
      },
    } as unknown as Caller;
    expect(await outcome(withRenewal(echoUpstream()), 'registry', {}, caller)).toBe('ran registry');
    expect(loggedIn).toBe(true);
  });

  it('repeats no write of which a part was done', async () => {
    const { upstream, runs, caller } = dyingOnce({ partly_done: true });
    expect(await outcome(upstream, 'bulk_update', calls.bulk_update, caller(true))).toBe(
      'anonymous',
    );
    expect(runs).toEqual(['bulk_update']);
  });

  it('says what the user must do where there are no credentials', async () => {
    const { upstream, runs, caller } = dyingOnce();
    const context = { caller: caller(false), signal };
    await expect(upstream.registry({}, context)).rejects.toMatchObject({
      reason: 'anonymous',
      hint: 'Log in.',
    });
    expect(runs).toEqual(['registry']);
  });
});
