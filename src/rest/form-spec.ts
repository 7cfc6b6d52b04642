import type { Input } from '../operations/catalogue.ts';
import type { JsonObject } from '../operations/json.ts';
import type { Answer, Context } from '../operations/upstream.ts';
import { callRest } from './call.ts';

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
export const formSpec = async (input: Input<'form_spec'>, context: Context): Promise<Answer> =>
  withoutPage(await callRest('form_spec', input, context));
