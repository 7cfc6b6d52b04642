import { describe, expect, it } from 'vitest';
import { options } from '../../../src/config/options.ts';
import { mask } from '../../../src/layers/redaction/mask.ts';
import { withRedaction } from '../../../src/layers/redaction.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import type { JsonObject } from '../../../src/operations/json.ts';
import { parseInput } from '../../../src/operations/parse-input.ts';
import { echoUpstream, nobody } from '../../support/plain-upstream.ts';

const { signal } = new AbortController();
const context = { caller: nobody, signal };
const object = { app_label: 'sales', model_name: 'channel', pk: '1' };
const words = options.REDACT_FIELDS.default;
const secret = 'canary-value';

const redacted = async (body: JsonObject, by: readonly string[] = words): Promise<JsonObject> => {
  const upstream = withRedaction(
    by,
    echoUpstream(() => ({ status: 200, body })),
  );
  return (await upstream.retrieve(object, context)).body;
};

const described = (more: object) => ({ label: 'L', readonly: false, required: true, ...more });

describe('a field with a secret-looking name', () => {
  it('is described, and its value masked, on an object, an add form and a form', async () => {
    const body = await redacted({
      fields: {
        name: described({ value: 'Web shop' }),
        api_token: described({ value: secret }),
        API_KEY: described({ initial: { id: 4, label: secret } }),
        session_notes: described({ value: null }),
        hashtag: described({ value: '' }),
      },
    });
    expect(body['fields']).toEqual({
      name: described({ value: 'Web shop' }),
      api_token: described({ value: mask, redacted: true }),
      API_KEY: described({ initial: mask, redacted: true }),
      session_notes: described({ value: null, redacted: true }),
      hashtag: described({ value: '', redacted: true }),
    });
  });

  it('is masked in cells of a list, whatever they hold, and its column says so', async () => {
    const cell = { label: secret, readonly: true, value: secret };
    const body = await redacted({
      columns: [{ name: 'name' }, { name: 'api_token' }],
      filters: [{ name: 'api_token', choices: [secret] }, { name: 'kind' }],
      results: [
        { pk: 1, fields: { name: 'a', api_token: cell, hashtag: null }, raw: { api_token: 7 } },
      ],
    });
    expect(body).toEqual({
      columns: [{ name: 'name' }, { name: 'api_token', redacted: true }],
      filters: [{ name: 'kind' }],
      results: [
        { pk: 1, fields: { name: 'a', api_token: mask, hashtag: null }, raw: { api_token: mask } },
      ],
    });
  });

  it('is masked in rows of inlines', async () => {
    const body = await redacted({
      inlines: [
        {
          name: 'opens_set',
          fields: [{ name: 'access_token', label: 'T' }, { name: 'partner' }],
          rows: [{ pk: 1, fields: { access_token: secret, partner: 'Casa Nova' } }],
        },
      ],
    });
    expect(body['inlines']).toEqual([
      {
        name: 'opens_set',
        fields: [{ name: 'access_token', label: 'T', redacted: true }, { name: 'partner' }],
        rows: [{ pk: 1, fields: { access_token: mask, partner: 'Casa Nova' } }],
      },
    ]);
  });

  it.each([
    ['a plan', { changes: [{ name: 'api_token', old: secret, new: secret }] }],
    [
      'a plan of many',
      { objects: [{ pk: 1, changes: [{ name: 'token', old: '', new: secret }] }] },
    ],
    ['rows of a plan', { inlines: [{ inline: 'x', changes: [{ name: 'salt', new: secret }] }] }],
    ['a conflict', { changed: [{ name: 'api_token', label: 'T', now: secret }] }],
    ['conflicts of many', { conflicts: [{ pk: 1, changed: [{ name: 'nonce', now: secret }] }] }],
    ['rows in a conflict', { changed: [{ name: 'x', now: [{ fields: { token: secret } }] }] }],
    ['what was adjusted', { adjusted: { api_token: secret } }],
    ['what also changed', { also_changed: { api_token: secret } }],
    ['rows that also changed', { also_changed: { x: [{ pk: 1, fields: { token: secret } }] } }],
    ['what was not saved', { error: { code: 'not_saved', fields: { api_token: secret } } }],
    [
      'inputs of an action',
      { confirmation: { forms: [{ inputs: [{ name: 'pin_token', initial: secret }] }] } },
    ],
    ['a preview', { preview: { changes: [{ name: 'password', old: secret, new: secret }] } }],
  ])('is masked in %s', async (_, body) => {
    const text = JSON.stringify(await redacted(body as JsonObject));
    expect(text).toContain(mask);
    expect(text).not.toContain(secret);
  });

  it('is masked in JSON of the project, as deep as it stands', async () => {
    const body = {
      panel: 'x',
      data: { rows: [{ api_token: secret, session: { of: secret }, n: 1 }] },
    };
    const upstream = withRedaction(
      words,
      echoUpstream(() => ({ status: 200, body })),
    );
    const answer = await upstream.panel({ ...object, panel_name: 'x' }, context);
    expect(answer.body['data']).toEqual({ rows: [{ api_token: mask, session: mask, n: 1 }] });
  });

  it('may be complained about', async () => {
    const error = { code: 'validation_failed', fields: { api_token: ['Required.'] } };
    expect(await redacted({ error })).toEqual({ error });
    const upstream = withRedaction(
      words,
      echoUpstream(() => {
        throw new GatewayError('unsupported', 'No.', { details: { fields: { secret: ['Why.'] } } });
      }),
    );
    await expect(upstream.retrieve(object, context)).rejects.toMatchObject({
      details: { fields: { secret: ['Why.'] } },
    });
  });

  it('is told from words of our own', async () => {
    const body = {
      confirm_token: 'abc',
      password_change: { supported: true },
      actions: [{ name: 'reset_password', label: 'Reset' }],
      files: [{ field: 'manual', sha256: 'abc' }],
      fieldsets: [{ fields: ['api_token'] }],
    };
    expect(await redacted(body)).toBe(body);
  });
});

describe('a password hash', () => {
  it.each([
    'pbkdf2_sha256$870000$abcdefghijkl$w2Gh0YbGnQ6jVZ1m2z3x4c5v6b7n8m9=',
    'argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdHNhbHQ$aGFzaGhhc2g',
    'bcrypt_sha256$$2b$12$abcdefghijklmnopqrstuuabcdefghijklmnopqrstu',
    'scrypt$16384$abcdef$8$1$aGFzaGhhc2hoYXNo',
    '$2b$12$abcdefghijklmnopqrstuuabcdefghijklmnopqrstu',
    'sha1$a1b2c3$0123456789abcdef0123456789abcdef01234567',
    'algorithm: pbkdf2_sha256 iterations: 870000 salt: abcdef************* hash: ghijkl*******',
    'Algorithmus: pbkdf2_sha256 Wiederholungen: 1 Salt: ab********** Hash: gh**********',
  ])('is masked in any field: %s', async (hash) => {
    const body = await redacted({ fields: { notes: described({ value: `old: ${hash} (kept)` }) } });
    const { notes } = body['fields'] as { notes: { value: string } };
    expect(notes.value).toContain(mask);
    expect(notes.value).toContain('(kept)');
    expect(notes.value).not.toMatch(/abcdef|c2Fsd|a1b2c3|gh(ijkl)?\*/);
  });

  it.each(['costs $5 or $10', 'md5 of a file', '$HOME/$USER', 'a ****** b', 'US$ 12$'])(
    'is not seen in %j',
    async (text) => {
      const body = { value: text };
      expect(await redacted(body)).toBe(body);
    },
  );
});

describe('a write', () => {
  const upstream = withRedaction(words, echoUpstream());

  it('is refused where it writes a mask back', async () => {
    const answer = await upstream.update(
      { ...object, data: { name: 'x', api_token: mask } },
      context,
    );
    expect(answer.status).toBe(400);
    expect(answer.body['error']).toMatchObject({
      code: 'validation_failed',
      fields: { api_token: ['That is the mask, not a value; leave the field out.'] },
    });
    const inlines = { lines: { items: [{ fields: { note: `was ${mask}` } }] }, others: [] };
    const rows = await upstream.update({ ...object, data: { inlines } }, context);
    expect(rows.body['error']).toMatchObject({
      fields: { inlines: { lines: { non_form: [expect.stringContaining('mask')] } } },
    });
    const { pk: _, ...model } = object;
    const updates = [
      { pk: '1', fields: { name: 'x' } },
      { pk: '2', fields: { api_token: mask } },
    ];
    const many = parseInput('bulk_update', { ...model, updates });
    expect((await upstream.bulk_update(many, context)).body['error']).toMatchObject({
      fields: { api_token: [expect.stringContaining('mask')] },
    });
  });

  it('goes through with a new value', async () => {
    const data = { api_token: 'new', name: 'x' };
    const answer = await upstream.update({ ...object, data }, context);
    expect(answer.body['input']).toMatchObject({ data });
  });

  it.each([
    ['list', { filters: { api_token__startswith: 'a' } }, 'api_token__startswith'],
    ['list', { supplier__secret: 'a' }, 'supplier__secret'],
    ['list', { ordering: 'name,-api_token' }, 'api_token'],
    ['action', { action_name: 'x', select_across: true, filters: { hashtag: 'a' } }, 'hashtag'],
  ] as const)('or a %s by what is masked is refused', async (name, given, filter) => {
    const { pk: _, ...model } = object;
    const run = name === 'list' ? upstream.list : upstream.action;
    const answer = await run(parseInput(name, { ...model, ...given }) as never, context);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'bad_request', filter } } });
  });
});

it('masks nothing without words', async () => {
  const body = { fields: { password: described({ value: 'pbkdf2_sha256$1$salt$aGFzaGhhc2g=' }) } };
  expect(await redacted(body, [])).toBe(body);
  expect(await redacted(body, ['ssn'])).not.toBe(body);
  expect(await redacted({ fields: { ssn: 1, token: 'x' } }, ['ssn'])).toEqual({
    fields: { ssn: mask, token: 'x' },
  });
});
