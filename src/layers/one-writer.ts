import type { Input, OperationName } from '../operations/catalogue.ts';
import { GatewayError } from '../operations/errors.ts';
import type { Upstream } from '../operations/upstream.ts';
import { type Claim, createTurns, TooManyWaiting, type Turns } from './one-writer/turns.ts';
import { type Call, wrapEach } from './wrap.ts';

/** Writers that wait for objects of one model; each holds a call that somebody waits for. */
const maxWaiting = 500;

/** One for all upstreams: two of them may lead to the same admin. */
const ofThisProcess = createTurns(maxWaiting);

const claims: { readonly [Name in OperationName]?: (input: Input<Name>) => Claim | undefined } = {
  update: ({ pk }) => new Set([pk]),
  form_submit: ({ pk }) => (pk == null ? undefined : new Set([pk])),
  destroy: ({ pk }) => new Set([pk]),
  set_password: ({ pk }) => new Set([pk]),
  bulk_update: ({ pks }) => new Set(pks),
  action: ({ pks, across }) => (across === undefined ? new Set(pks) : 'all'),
};

/** What a call writes; undefined where it only reads, or makes something new. */
const claimOf = ({ name, input }: Call): Claim | undefined => {
  if ('dry_run' in input && input.dry_run === true) return undefined;
  const claim = claims[name] as ((input: Input<OperationName>) => Claim | undefined) | undefined;
  return claim?.(input);
};

const noTurn = (cause: unknown): GatewayError =>
  cause instanceof TooManyWaiting
    ? new GatewayError('unavailable', 'Too many writers wait for objects of this model.', {
        hint: 'Nothing was sent. Try again in a moment.',
        details: { retry_after: 1 },
        cause,
      })
    : new GatewayError('cancelled', 'The call was cancelled while another one wrote.', {
        hint: 'Nothing was sent.',
        cause,
      });

/**
 * Lets one call at a time write to an object, whoever calls: between the reading of a form
 * and its post, and between a version and the write that relies on it, no other call of this
 * process comes in. Other processes and people in the admin still can.
 */
export const withOneWriter = (upstream: Upstream, turns: Turns = ofThisProcess): Upstream =>
  wrapEach(upstream, async (call, next) => {
    const claim = claimOf(call);
    if (claim === undefined) return next();
    const { caller, signal } = call.context;
    const { app_label: app, model_name: model } = call.input as Input<'retrieve'>;
    const key = `${caller.site.adminUrl.href} ${app}.${model}`;
    const release = await turns.take(key, claim, signal).catch((cause: unknown) => {
      throw noTurn(cause);
    });
    try {
      return await next();
    } finally {
      release();
    }
  });
