import type { Input, OperationName } from '../operations/catalogue.ts';
import { GatewayError } from '../operations/errors.ts';
import { flattenHtml } from '../operations/flatten-html.ts';
import type { JsonObject, JsonValue } from '../operations/json.ts';
import { type Mapping, mapEntries, mapJson } from '../operations/map-json.ts';
import type { Answer, Upstream } from '../operations/upstream.ts';
import { makeVisible, readVisible } from '../operations/visible-text.ts';
import { wrapEach } from './wrap.ts';

/** A cell that a project's display method made of markup: `{html}` and nothing else. */
const markupIn = (object: JsonObject): string | undefined => {
  const { html, ...others } = object;
  return typeof html === 'string' && Object.keys(others).length === 0 ? html : undefined;
};

const shown: Mapping = {
  text: makeVisible,
  name: makeVisible,
  object: (object) => {
    const markup = 'html' in object ? markupIn(object) : undefined;
    return markup === undefined ? undefined : makeVisible(flattenHtml(markup));
  },
};

const meant: Mapping = { text: readVisible, name: readVisible };

/** What nobody read from an answer of ours, and so means itself. */
const ownWords: ReadonlySet<string> = new Set(['password', 'confirm_token']);

const meantInput = (input: Input<OperationName>): Input<OperationName> =>
  mapEntries(input as unknown as JsonObject, (name, value: JsonValue | undefined) =>
    value === undefined || ownWords.has(name) ? (value as JsonValue) : mapJson(value, meant),
  ) as unknown as Input<OperationName>;

/** The question of an answer that asks is made visible, and quoted, where it is made. */
const shownAnswer = (answer: Answer): Answer => {
  const { question, ...others } = answer.body;
  const body = mapJson(answer.status === 428 ? others : answer.body, shown) as JsonObject;
  if (body === answer.body) return answer;
  return { ...answer, body: question === undefined ? body : { question, ...body } };
};

const shownError = (error: GatewayError): GatewayError => {
  const { reason, message, hint, details, cause } = error;
  const visible = {
    hint: hint && makeVisible(hint),
    details: details && (mapJson(details, shown) as JsonObject),
  };
  if (makeVisible(message) === message && visible.hint === hint && visible.details === details)
    return error;
  return new GatewayError(reason, makeVisible(message), {
    ...(visible.hint === undefined ? {} : { hint: visible.hint }),
    ...(visible.details === undefined ? {} : { details: visible.details }),
    cause,
  });
};

/**
 * Shows an agent what text of a record really holds: hidden characters are written out, and
 * markup is flattened to its text. In arguments the same marks are read back, so that writing
 * what was read changes nothing.
 */
export const withVisibleText = (upstream: Upstream): Upstream =>
  wrapEach(upstream, async ({ input, context }, next) => {
    if (context.exact === true) return next();
    try {
      return shownAnswer(await next(meantInput(input)));
    } catch (error) {
      throw error instanceof GatewayError ? shownError(error) : error;
    }
  });
