import type { Input } from '../operations/catalogue.ts';
import type { JsonObject } from '../operations/json.ts';
import type { Answer, Context } from '../operations/upstream.ts';
import { callRest } from './call.ts';
import { versionOf } from './object-version.ts';

/** What the package calls a page that its form spec cannot stand for: since 1.7.0, and before. */
const opaque = new Set(['html-fragment', 'legacy-iframe']);

export const isCustomTemplate = (body: JsonObject): boolean =>
  body['renderer'] === 'custom-template';

const asCustomTemplate = (body: JsonObject): JsonObject => {
  const url = body['legacy_url'] ?? body['submit_url'] ?? body['url'] ?? null;
  return {
    renderer: 'custom-template',
    reason: 'The ModelAdmin draws this page with a template or view of its own.',
    legacy_url: url,
    spa_url: body['spa_url'] ?? null,
    machine_driveable: false,
  };
};

/** A page that only a person can fill in says so, without its HTML and its token. */
export const withoutPage = (answer: Answer): Answer =>
  answer.status === 200 && opaque.has(String(answer.body['renderer']))
    ? { status: 200, body: asCustomTemplate(answer.body) }
    : answer;

/** The form spec, or that only a person can fill in the page: see {@link withoutPage}. */
export const readSpec = async (input: Input<'form_spec'>, context: Context): Promise<Answer> =>
  withoutPage(await callRest('form_spec', input, context));

/**
 * The form spec of an object with its version, which takes one request more: the spec shows no
 * inlines. The object is read first, so that the version is never newer than the spec.
 */
export const formSpec = async (input: Input<'form_spec'>, context: Context): Promise<Answer> => {
  const { app_label, model_name, pk } = input;
  if (pk == null) return readSpec(input, context);
  const object = await callRest('retrieve', { app_label, model_name, pk }, context);
  const spec = await readSpec(input, context);
  if (spec.status !== 200 || isCustomTemplate(spec.body)) return spec;
  const version = object.status === 200 ? versionOf(object.body) : null;
  return { status: 200, body: { ...spec.body, version } };
};
