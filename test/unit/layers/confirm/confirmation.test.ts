import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../../src/django/caller.ts';
import { type ConfirmationOptions, withConfirmation } from '../../../../src/layers/confirmation.ts';
import { isJsonObject } from '../../../../src/operations/json.ts';
import { parseInput } from '../../../../src/operations/parse-input.ts';
import {
  type Answer,
  type CallFacts,
  type Context,
  refusal,
} from '../../../../src/operations/upstream.ts';
import { signingKeyOf } from '../../../../src/signing.ts';
import { echoUpstream } from '../../../support/plain-upstream.ts';

const tag = { app_label: 'catalog', model_name: 'tag', pk: '1' };

const bulkOf = (pks: readonly string[]) =>
  parseInput('bulk_update', { app_label: 'catalog', model_name: 'tag', pks, data: {} });

/** A site of one object, which counts its own changes; and what was done to it. */
const createSite = () => {
  const site = { version: 1, gone: false, passwords: 0, done: [] as string[] };
  const upstream = echoUpstream((name, input): Answer => {
    const given = isJsonObject(input) ? input : {};
    if (site.gone) return refusal(404, 'not_found', 'Not found.');
    switch (name) {
      case 'delete_preview':
        return {
          status: 200,
          body: { object: { pk: 1, label: 'Oak' }, cascade: [], can_delete: true },
        };
      case 'retrieve':
        return { status: 200, body: { label: 'Oak', version: `v${site.version}` } };
      case 'history':
        return { status: 200, body: { total: site.passwords, entries: [] } };
      case 'set_password':
        site.passwords += 1;
        break;
      case 'bulk_update':
        if (given['dry_run'] === true)
          return { status: 200, body: { dry_run: true, objects: [{ pk: 1, label: 'Oak' }] } };
        break;
      case 'destroy':
        site.gone = given['dry_run'] !== true;
        break;
    }
    site.done.push(`${name} ${JSON.stringify(input)}`);
    return { status: 200, body: { done: name } };
  });
  return { site, upstream };
};

const callerNamed = (name: string) =>
  ({
    site: { adminUrl: new URL('https://shop.example/admin/') },
    hasSession: async () => true,
    fingerprint: () => name,
  }) as unknown as Caller;

const { signal } = new AbortController();

const key = signingKeyOf('a key of more than thirty-two characters');

const setUp = (options: Partial<ConfirmationOptions> = {}) => {
  const { site, upstream } = createSite();
  const facts: CallFacts[] = [];
  const context = (person?: Context['person'], user = 'ada'): Context => ({
    caller: callerNamed(user),
    signal,
    record: (fact) => facts.push(fact),
    ...(person === undefined ? {} : { person }),
  });
  const layer = (more: Partial<ConfirmationOptions> = {}) =>
    withConfirmation({ when: 'auto', rows: 2, seconds: 60, key, ...options, ...more }, upstream);
  return { site, facts, context, layer };
};

const tokenIn = ({ body }: Answer): string => String(body['confirm_token']);
const codeOf = ({ status, body }: Answer): unknown[] => {
  const { error } = body;
  return isJsonObject(error) ? [status, error['code'], error['reason']] : [status];
};

describe('where nobody can be asked', () => {
  it('the first call shows what would be done, and the second one does it', async () => {
    const { site, context, layer, facts } = setUp();
    const upstream = layer();
    const first = await upstream.destroy(tag, context());
    expect(codeOf(first)).toEqual([428, 'confirmation_required', undefined]);
    expect(first.body).toMatchObject({
      question: expect.stringContaining('Delete catalog.tag "Oak" (key "1")?'),
      preview: { can_delete: true },
      expires_in: 60,
    });
    expect(first.question).toBeUndefined();
    expect(site.done).toEqual([]);
    const second = await upstream.destroy({ ...tag, confirm_token: tokenIn(first) }, context());
    expect(second.body).toEqual({ done: 'destroy' });
    expect(facts).toEqual([{ confirmation: 'asked' }, { confirmation: 'token' }]);
  });

  it('what is done is bound to the version that was shown', async () => {
    const { site, context, layer } = setUp();
    const upstream = layer();
    const first = await upstream.destroy(tag, context());
    await upstream.destroy({ ...tag, confirm_token: tokenIn(first) }, context());
    expect(site.done).toEqual([`destroy ${JSON.stringify({ ...tag, version: 'v1' })}`]);
  });

  it('a token is short, and tells nothing of the arguments', async () => {
    const { context, layer } = setUp();
    const password = 'walnut-shelf-19';
    const first = await layer().set_password({ ...tag, password }, context());
    expect(tokenIn(first).length).toBeLessThan(200);
    const shown = JSON.stringify(first);
    expect(shown).not.toContain(password);
    expect(shown).not.toContain(Buffer.from(password).toString('base64url'));
  });

  it('two tokens for the same question have nothing in common but their time', async () => {
    const { context, layer } = setUp({ now: () => 0 });
    const parts = async () => tokenIn(await layer().destroy(tag, context())).split('.');
    const [one, other] = [await parts(), await parts()];
    expect(one.filter((part, at) => part === other[at])).toEqual(one.slice(0, 2));
  });

  it.each([
    ['another user', 'other_caller', { user: 'bob' }, {}],
    ['another object', 'other_call', {}, { pk: '2' }],
    ['another version given', 'other_call', {}, { version: 'v1' }],
  ] as const)(
    'a token is not good for %s',
    async (_, reason, { user }: { user?: string }, more) => {
      const { site, context, layer } = setUp();
      const upstream = layer();
      const token = tokenIn(await upstream.destroy(tag, context()));
      const second = await upstream.destroy(
        { ...tag, ...more, confirm_token: token },
        context(undefined, user),
      );
      expect(codeOf(second)).toEqual([403, 'not_confirmed', reason]);
      expect(site.done).toEqual([]);
    },
  );

  it('a token is not good for another operation, nor for another password', async () => {
    const { site, context, layer } = setUp();
    const upstream = layer();
    const given = { ...tag, password: 'one' };
    const confirm_token = tokenIn(await upstream.set_password(given, context()));
    const deleted = await upstream.destroy({ ...tag, confirm_token }, context());
    const other = await upstream.set_password(
      { ...given, password: 'two', confirm_token },
      context(),
    );
    for (const answer of [deleted, other])
      expect(codeOf(answer)).toEqual([403, 'not_confirmed', 'other_call']);
    expect(site.done).toEqual([]);
  });

  it('a token is not good once the object is another', async () => {
    const { site, context, layer } = setUp();
    const upstream = layer();
    const token = tokenIn(await upstream.destroy(tag, context()));
    site.version = 2;
    const second = await upstream.destroy({ ...tag, confirm_token: token }, context());
    expect(codeOf(second)).toEqual([409, 'conflict', 'changed']);
    expect(site.done).toEqual([]);
  });

  it('a token expires', async () => {
    let now = 0;
    const { site, context, layer } = setUp({ now: () => now, seconds: 1 });
    const upstream = layer();
    const token = tokenIn(await upstream.destroy(tag, context()));
    now = 1000;
    const second = await upstream.destroy({ ...tag, confirm_token: token }, context());
    expect(codeOf(second)).toEqual([403, 'not_confirmed', 'expired']);
    expect(site.done).toEqual([]);
  });

  it('a token sets a password once, here and in a replica that never saw it', async () => {
    const { site, context, layer } = setUp();
    const [here, there] = [layer(), layer()];
    const given = { ...tag, password: 'one' };
    const second = { ...given, confirm_token: tokenIn(await here.set_password(given, context())) };
    expect((await there.set_password(second, context())).body).toEqual({ done: 'set_password' });
    for (const replica of [here, there])
      expect(codeOf(await replica.set_password(second, context()))).toEqual([
        409,
        'conflict',
        'changed',
      ]);
    expect(site.passwords).toBe(1);
  });

  it('a token that changes nothing is spent all the same', async () => {
    const { site, context, layer } = setUp({ rows: 1 });
    const upstream = layer();
    const given = bulkOf(['1', '2']);
    const confirm_token = tokenIn(await upstream.bulk_update(given, context()));
    await upstream.bulk_update({ ...given, confirm_token }, context());
    const again = await upstream.bulk_update({ ...given, confirm_token }, context());
    expect(codeOf(again)).toEqual([403, 'not_confirmed', 'spent']);
    expect(site.done).toHaveLength(1);
  });

  it('different values are shown row by row, and a token is for these alone', async () => {
    const { site, context, layer } = setUp({ rows: 1 });
    const upstream = layer();
    const given = (...names: readonly string[]) =>
      parseInput('bulk_update', {
        app_label: 'catalog',
        model_name: 'tag',
        updates: names.map((name, at) => ({ pk: `${at + 1}`, fields: { name, api_token: name } })),
      });
    const first = await upstream.bulk_update(given('oak', 'elm'), context());
    expect(String(first.body['question']).split('\n').slice(1)).toEqual([
      '"Oak": "name" = "oak", "api_token" = (not shown)',
      '"2": "name" = "elm", "api_token" = (not shown)',
    ]);
    const confirm_token = tokenIn(first);
    const swapped = await upstream.bulk_update(
      { ...given('elm', 'oak'), confirm_token },
      context(),
    );
    expect(codeOf(swapped)).toEqual([403, 'not_confirmed', 'other_call']);
    expect(site.done).toEqual([]);
    await upstream.bulk_update({ ...given('oak', 'elm'), confirm_token }, context());
    expect(site.done).toHaveLength(1);
  });

  it('a token is unknown after a start with another key', async () => {
    const { context, layer } = setUp();
    const confirm_token = tokenIn(await layer().destroy(tag, context()));
    const restarted = layer({ key: signingKeyOf(null) });
    const second = await restarted.destroy({ ...tag, confirm_token }, context());
    expect(codeOf(second)).toEqual([403, 'not_confirmed', 'unknown']);
  });

  it('an answer of a person is no token, and a token no answer of a person', async () => {
    const { site, context, layer } = setUp();
    const upstream = layer();
    const state = (await upstream.destroy(tag, context({}))).question?.state ?? '';
    const asToken = await upstream.destroy({ ...tag, confirm_token: state }, context());
    const token = tokenIn(await upstream.destroy(tag, context()));
    const asState = await upstream.destroy(
      tag,
      context({ answer: { state: token, action: 'accept' } }),
    );
    for (const answer of [asToken, asState])
      expect(codeOf(answer)).toEqual([403, 'not_confirmed', 'unknown']);
    expect(site.done).toEqual([]);
  });
});

describe('where a person can be asked', () => {
  const asked = async (action: 'accept' | 'decline' | 'cancel') => {
    const all = setUp();
    const upstream = all.layer();
    const { question, status } = await upstream.destroy(tag, all.context({}));
    expect(status).toBe(428);
    const answer = await upstream.destroy(
      tag,
      all.context({ answer: { state: question?.state ?? '', action } }),
    );
    return { ...all, answer, question };
  };

  it('a yes does it', async () => {
    const { answer, question, facts } = await asked('accept');
    expect(question?.text).toContain('Delete catalog.tag "Oak"');
    expect(answer.body).toEqual({ done: 'destroy' });
    expect(facts).toEqual([{ confirmation: 'asked' }, { confirmation: 'person' }]);
  });

  it.each([
    ['decline', 'declined'],
    ['cancel', 'cancelled'],
  ] as const)('%s does nothing', async (action, code) => {
    const { answer, site, facts } = await asked(action);
    expect(codeOf(answer)).toEqual([403, code, undefined]);
    expect(site.done).toEqual([]);
    expect(facts.at(-1)).toEqual({ confirmation: code });
  });

  it('a token of an earlier call does not spare them the question', async () => {
    const { site, context, layer } = setUp();
    const upstream = layer();
    const confirm_token = tokenIn(await upstream.destroy(tag, context()));
    const again = await upstream.destroy({ ...tag, confirm_token }, context({}));
    expect(again.question).toBeDefined();
    expect(site.done).toEqual([]);
  });
});

describe('the setting CONFIRM', () => {
  it('always: nothing without a person, with a token of a laxer gateway either', async () => {
    const { site, context, layer } = setUp();
    const confirm_token = tokenIn(await layer().destroy(tag, context()));
    const strict = layer({ when: 'always' });
    for (const given of [tag, { ...tag, confirm_token }])
      expect(codeOf(await strict.destroy(given, context()))).toEqual([403, 'no_person', undefined]);
    expect(site.done).toEqual([]);
    expect((await strict.destroy(tag, context({}))).question).toBeDefined();
  });

  it('auto: a program that asked by itself is believed; always: it is not', async () => {
    const { site, context, layer } = setUp();
    const program = { ...context(), agreed: true };
    const refused = await layer({ when: 'always' }).destroy(tag, program);
    expect(codeOf(refused)).toEqual([403, 'no_person', undefined]);
    expect(site.done).toEqual([]);
    expect((await layer().destroy(tag, program)).body).toEqual({ done: 'destroy' });
  });

  it('never: nobody is asked', async () => {
    const { context, layer } = setUp();
    expect((await layer({ when: 'never' }).destroy(tag, context())).body).toEqual({
      done: 'destroy',
    });
  });
});

describe('what needs nobody to agree', () => {
  it('a dry run, and a bulk update of few objects', async () => {
    const { site, context, layer } = setUp();
    await layer().destroy({ ...tag, dry_run: true }, context());
    await layer().bulk_update(bulkOf(['1', '2', '2']), context());
    expect(site.done).toHaveLength(2);
    const many = await layer().bulk_update(bulkOf(['1', '2', '3']), context());
    expect(many.status).toBe(428);
  });

  it('what the admin refuses: its answer comes instead of a question', async () => {
    const { site, context, layer } = setUp();
    site.gone = true;
    for (const answer of [
      await layer().destroy(tag, context({})),
      await layer().set_password({ ...tag, password: 'x' }, context({})),
    ])
      expect(codeOf(answer)).toEqual([404, 'not_found', undefined]);
  });
});
