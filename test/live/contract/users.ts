import { expect, it } from 'vitest';
import { withRenewal } from '../../../src/layers/renewal.ts';
import type { OperationName } from '../../../src/operations/catalogue.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import { operationNames } from '../../../src/operations/facts.ts';
import { outputs } from '../../../src/operations/outputs.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { type Answer, runOperation, type Upstream } from '../../../src/operations/upstream.ts';
import {
  describeShops,
  type LiveOptions,
  type LiveShop,
  type UserName,
} from '../support/live-shop.ts';

const tag = { app_label: 'catalog', model_name: 'tag' };
const category = { app_label: 'catalog', model_name: 'category' };

/** Who gets an answer, besides the superuser; everybody else is refused. */
interface Case {
  readonly given: object;
  readonly allowed: readonly UserName[];
}

const everyone: readonly UserName[] = ['clerk', 'viewer', 'intake'];
const viewers: readonly UserName[] = ['clerk', 'viewer'];

/** A call of each operation that a superuser may make; the writes come in an order that works. */
const cases: Record<OperationName, Case> = {
  registry: { given: {}, allowed: everyone },
  schema: { given: {}, allowed: everyone },
  recent_actions: { given: { limit: 3 }, allowed: everyone },
  list: { given: { ...tag, search: 'a', page_size: 2 }, allowed: viewers },
  retrieve: { given: { ...tag, pk: '1' }, allowed: viewers },
  add_form: { given: tag, allowed: [] },
  form_spec: { given: { ...tag, pk: '1' }, allowed: viewers },
  create: { given: { ...tag, data: { name: 'Brand new', slug: 'brand-new' } }, allowed: [] },
  update: { given: { ...tag, pk: '2', data: { name: 'Renamed' } }, allowed: [] },
  form_submit: { given: { ...tag, pk: '3', data: { name: 'Resubmitted' } }, allowed: [] },
  destroy: { given: { ...tag, pk: '10' }, allowed: [] },
  bulk_update: { given: { ...category, pks: ['1', '2'], data: { position: 9 } }, allowed: [] },
  autocomplete: { given: { ...tag, q: 'a' }, allowed: viewers },
  action: {
    given: { app_label: 'sales', model_name: 'order', action_name: 'mark_paid', pks: ['17'] },
    allowed: ['clerk'],
  },
  history: { given: { ...tag, pk: '1' }, allowed: viewers },
  delete_preview: { given: { ...tag, pk: '1' }, allowed: [] },
  set_password: {
    given: { app_label: 'auth', model_name: 'user', pk: '5', password: 'walnut-shelf-19' },
    allowed: [],
  },
  panel: {
    given: { app_label: 'sales', model_name: 'campaign', pk: '1', panel_name: 'report' },
    allowed: ['viewer'],
  },
};

const run = (
  live: LiveShop,
  upstream: Upstream,
  name: OperationName,
  user: UserName,
): Promise<Answer> =>
  runOperation(upstream, name, parseInput(name, cases[name].given), {
    caller: live.as(user),
    signal: AbortSignal.timeout(30_000),
  });

/** `refused`, or what else happened. */
const refusal = async (name: OperationName, call: Promise<Answer>): Promise<string> => {
  try {
    const { status } = await call;
    // A bulk update is refused row by row, as the contract has it.
    const isRefusal =
      status === 403 || status === 404 || (name === 'bulk_update' && status === 400);
    return isRefusal ? 'refused' : `status ${status}`;
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    return error.reason === 'anonymous' || error.reason === 'forbidden' ? 'refused' : error.reason;
  }
};

const digestOf = async ({ inspector }: LiveShop): Promise<Readonly<Record<string, unknown>>> => {
  const { digest } = (await inspector.ask({ digest: true })) as {
    digest: Record<string, unknown>;
  };
  // A login of its own changes the user who logs in.
  const { 'auth.user': _, ...rest } = digest;
  return rest;
};

/** Every tool as every user, over one upstream, on every Django. */
export const describeUsers = (
  name: string,
  create: () => Upstream,
  options: LiveOptions,
): Promise<void> =>
  describeShops(`every tool as every user, upstream ${name}`, options, (live) => {
    const upstream = withRenewal(create());

    it.each(operationNames)(
      '%s refuses whom the admin refuses, and changes nothing',
      async (name) => {
        const before = await digestOf(live());
        const users = (['clerk', 'viewer', 'intake', 'customer', 'retired'] as const).filter(
          (user) => !cases[name].allowed.includes(user),
        );
        for (const user of users)
          expect([user, await refusal(name, run(live(), upstream, name, user))]).toEqual([
            user,
            'refused',
          ]);
        expect(await digestOf(live())).toEqual(before);
      },
    );

    it.each(operationNames)(
      '%s answers whom the admin answers, as the contract says',
      async (name) => {
        for (const user of [...cases[name].allowed, 'admin' as const]) {
          const { status, body } = await run(live(), upstream, name, user);
          expect([user, status, body['error']]).toEqual([
            user,
            expect.toSatisfy((code) => code === 200 || code === 201),
            undefined,
          ]);
          const { error } = outputs[name].safeParse(body);
          expect(error?.issues ?? []).toEqual([]);
        }
      },
    );
  });
