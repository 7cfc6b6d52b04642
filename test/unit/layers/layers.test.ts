import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/django/caller.ts';
import { withDisabled } from '../../../src/layers/disabled.ts';
import { withRenewal } from '../../../src/layers/renewal.ts';
import { type OperationName, operationNames } from '../../../src/operations/catalogue.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { runOperation } from '../../../src/operations/upstream.ts';
import { echoUpstream, nobody } from '../../support/plain-upstream.ts';

const model = { app_label: 'auth', model_name: 'user' };

/** A valid call of every operation. */
const calls: Record<OperationName, object> = {
  registry: {},
  schema: {},
  recent_actions: {},
  list: model,
  retrieve: { ...model, pk: '1' },
  add_form: model,
  form_spec: model,
  create: { ...model, data: {} },
  update: { ...model, pk: '1', data: {} },
  form_submit: { ...model, pk: '1', data: {} },
  destroy: { ...model, pk: '1' },
  bulk_update: { ...model, pks: ['1'], data: {} },
  autocomplete: model,
  action: { ...model, action_name: 'x', pks: ['1'] },
  history: { ...model, pk: '1' },
  delete_preview: { ...model, pk: '1' },
  set_password: { ...model, pk: '1', password: 'x' },
  panel: { ...model, pk: '1', panel_name: 'x' },
};

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

describe('a disabled operation', () => {
  it.each(operationNames)('%s is refused, whatever its key is', async (name) => {
    const upstream = withDisabled(new Set([name]), echoUpstream());
    expect(await outcome(upstream, name, calls[name])).toBe('forbidden');
    if (!('pk' in calls[name])) return;
    for (const pk of ['bulk', 'add', 'autocomplete', 'actions', '../1', '1/'])
      expect(await outcome(upstream, name, { ...calls[name], pk })).toBe('forbidden');
  });

  it.each([
    ['update', 'form_submit', calls.form_submit],
    ['create', 'form_submit', { ...model, data: {} }],
    ['update', 'bulk_update', calls.bulk_update],
    ['destroy', 'action', { ...model, action_name: 'delete_selected', pks: ['1'] }],
  ] as const)('%s has no back door through %s', async (disabled, name, given) => {
    const upstream = withDisabled(new Set([disabled]), echoUpstream());
    expect(await outcome(upstream, name, given)).toBe('forbidden');
  });

  it('leaves the others alone', async () => {
    const upstream = withDisabled(new Set<OperationName>(['destroy']), echoUpstream());
    for (const name of operationNames.filter((each) => each !== 'destroy'))
      expect(await outcome(upstream, name, calls[name])).toBe(`ran ${name}`);
    expect(await outcome(upstream, 'form_submit', { ...model, data: {} })).toBe('ran form_submit');
  });
});

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
