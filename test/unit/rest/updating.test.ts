import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/operations/json.ts';
import { createRestUpstream } from '../../../src/rest/upstream.ts';
import { errorOf, fakeDjango, type Reply } from './fake-django.ts';

const thing = { app_label: 'lab', model_name: 'thing', pk: '1' };
const url = '/api/v1/lab/thing/1/';

const field = (type: string, value: unknown, more: object = {}) => ({
  type,
  label: 'x',
  required: false,
  readonly: false,
  value,
  ...more,
});

const fields = {
  name: field('string', 'old'),
  tags: field('manytomany', [{ id: 3, label: 'c' }], { widget: 'raw_id' }),
  extra: field('json', {}),
};

const detail = (more: object = {}): Reply => ({
  json: {
    pk: 1,
    label: 'x',
    save_options: { show_save: true },
    fields,
    inlines: [],
    ...more,
  } as JsonObject,
});

const page = '<input name="name"><input name="tags"><textarea name="extra"></textarea>';

const django = (object: Reply, html: string, patched: Reply = object) =>
  fakeDjango({
    [`GET ${url}`]: object,
    'GET /admin/lab/thing/1/change/': { html },
    [`PATCH ${url}`]: patched,
  });

test('sends along what the package would otherwise lose', async () => {
  const saved = detail({ fields: { ...fields, name: field('string', 'new') } });
  const { context, sent } = django(detail(), page, saved);
  const answer = await createRestUpstream().update({ ...thing, data: { name: 'new' } }, context);
  expect(answer.status).toBe(200);
  expect(sent.at(-1)).toEqual({
    line: `PATCH ${url}`,
    body: { name: 'new', tags: '3', extra: '{}' },
  });
});

test('reads the form page once for many updates, and again for another caller', async () => {
  const { context, sent } = django(detail(), page);
  const { update } = createRestUpstream();
  const pages = () => sent.filter(({ line }) => line.includes('/admin/')).length;
  await update({ ...thing, data: {} }, context);
  await update({ ...thing, data: {} }, context);
  expect(pages()).toBe(1);
  const other = { ...context, caller: { ...context.caller, fingerprint: () => 'another' } };
  await update({ ...thing, data: {} }, other);
  expect(pages()).toBe(2);
});

test('reports a value that was ignored, and one that was changed on the way', async () => {
  const { context } = django(detail(), page);
  const ignored = await createRestUpstream().update({ ...thing, data: { name: 'new' } }, context);
  expect([ignored.status, ignored.body['error']]).toEqual([
    409,
    expect.objectContaining({ code: 'not_stored', fields: { name: [expect.any(String)] } }),
  ]);
  const changed = detail({ fields: { ...fields, name: field('string', 'NEW!') } });
  const adjusted = await createRestUpstream().update(
    { ...thing, data: { name: 'new' } },
    django(detail(), page, changed).context,
  );
  expect(adjusted.body['adjusted']).toEqual({ name: 'NEW!' });
});

test.each([
  ['a hidden field', `${page}<input name="api_key">`],
  ['a field of several controls', page.replace('name="name"', 'name="name_0"')],
  ['a page that shows nothing', '<p>drawn by hand</p>'],
])('writes nothing when the page has %s', async (_, html) => {
  const { context, sent } = django(detail(), html);
  const error = await errorOf(
    createRestUpstream().update({ ...thing, data: { name: 'x' } }, context),
  );
  expect(error.reason).toBe('unsupported');
  expect(sent.every(({ line }) => line.startsWith('GET'))).toBe(true);
});

test('writes nothing when the form page cannot be read', async () => {
  const { context, sent } = fakeDjango({
    [`GET ${url}`]: detail(),
    'GET /admin/lab/thing/1/change/': { status: 404, html: 'gone' },
  });
  const error = await errorOf(
    createRestUpstream().update({ ...thing, data: { name: 'x' } }, context),
  );
  expect(error.reason).toBe('unsupported');
  expect(sent).toHaveLength(2);
});

const inline = (name: string, more: object = {}) => ({
  name,
  label: name,
  pk_field: 'id',
  fields: [
    { name: 'note', label: 'note', type: 'string', readonly: false },
    { name: 'count', label: 'count', type: 'integer', readonly: false },
  ],
  rows: [{ pk: 5, label: 'five', fields: { note: 'kept', count: 2 } }],
  ...more,
});

const writeRows = async (inlines: object[], rows: JsonObject[], html = page) => {
  const { context, sent } = django(detail({ inlines }), html);
  const data = { inlines: { thing_set: { items: rows } } };
  const outcome = await createRestUpstream()
    .update({ ...thing, data }, context)
    .catch((error: unknown) => error as { reason: string });
  return { outcome, body: sent.at(-1)?.body as JsonObject | undefined };
};

test('completes the rows of an inline with what they hold', async () => {
  const { body } = await writeRows([inline('thing_set')], [{ pk: 5, fields: { count: 3 } }]);
  expect(body?.['inlines']).toEqual({
    thing_set: { items: [{ pk: 5, fields: { note: 'kept', count: 3 } }] },
  });
});

test('refuses a name that several inlines share', async () => {
  const { outcome } = await writeRows([inline('thing_set'), inline('thing_set')], [{ fields: {} }]);
  expect(outcome).toMatchObject({ reason: 'unsupported' });
});

test.each([
  ['a date and time', { name: 'at', label: 'at', type: 'datetime', readonly: false }],
  ['a many-to-many', { name: 'tags', label: 'tags', type: 'manytomany', readonly: false }],
])('refuses to save a row that has %s', async (_, extra) => {
  const risky = inline('thing_set', { fields: [...inline('x').fields, extra] });
  const { outcome } = await writeRows([risky], [{ pk: 5, fields: { count: 3 } }]);
  expect(outcome).toMatchObject({ reason: 'unsupported' });
});

test('refuses to save rows where an inline hides a field, or has keys of another name', async () => {
  const hidden = `${page}<input name="things-0-session_id">`;
  const rows = [{ pk: 5, fields: { count: 3 } }];
  expect((await writeRows([inline('thing_set')], rows, hidden)).outcome).toMatchObject({
    reason: 'unsupported',
  });
  const other = inline('thing_set', { pk_field: 'uuid' });
  expect((await writeRows([other], rows)).outcome).toMatchObject({ reason: 'unsupported' });
});

test('does not send a form page of its own through form_submit, whatever it is called', async () => {
  for (const renderer of ['html-fragment', 'legacy-iframe']) {
    const { context, sent } = fakeDjango({
      [`GET ${url}form-spec/`]: {
        json: { renderer, html: 'x', csrf_token: 'SECRET', submit_url: '/a/' },
      },
    });
    const { form_spec, form_submit } = createRestUpstream();
    expect((await form_spec(thing, context)).body).toEqual({
      renderer: 'custom-template',
      reason: expect.any(String),
      legacy_url: '/a/',
      spa_url: null,
      machine_driveable: false,
    });
    expect((await form_submit({ ...thing, data: {} }, context)).status).toBe(422);
    expect(sent).toHaveLength(2);
  }
});
