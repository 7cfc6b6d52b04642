import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import type { Gateway } from '../../../src/library.ts';
import { openApi } from '../../../src/operations/api/openapi.ts';
import type { Session } from '../support/session.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of it
  readonly body: any;
}

const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(openApi(), 'openapi');

const pointer = (parts: readonly string[]): string =>
  `openapi#/${parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;

/** Fails unless the document knows this answer: its status, and its body by the schema there. */
const expectDocumented = (template: string, method: string, answer: ApiAnswer): void => {
  const paths = openApi()['paths'] as Record<string, Record<string, { responses: object }>>;
  const responses = paths[template]?.[method.toLowerCase()]?.responses ?? {};
  const where = `${method} ${template} ${answer.status}`;
  expect(Object.keys(responses), where).toContain(String(answer.status));
  if (answer.status === 204) return;
  const schema = pointer([
    ...['paths', template, method.toLowerCase(), 'responses', String(answer.status)],
    ...['content', 'application/json', 'schema'],
  ]);
  const validate = ajv.getSchema(schema);
  expect(validate, where).toBeDefined();
  validate?.(answer.body);
  expect(validate?.errors ?? [], where).toEqual([]);
};

/** A client of the REST face whose every answer is held against the OpenAPI document. */
export const apiClient = (gateway: Gateway, session: Session | undefined) => {
  const call = async (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    template: string,
    values: Readonly<Record<string, string>> = {},
    options: { query?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<ApiAnswer> => {
    const path = template.replace(/\{(\w+)\}/g, (_, name) =>
      encodeURIComponent(values[name] ?? ''),
    );
    const response = await gateway.fetch(
      new Request(`http://localhost/api/v1${path}${options.query ?? ''}`, {
        method,
        headers: {
          host: 'localhost',
          ...(session === undefined
            ? {}
            : { cookie: session.cookie, 'x-csrftoken': session.token }),
          ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...options.headers,
        },
        ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      }),
    );
    const text = await response.text();
    const answer = {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    };
    expectDocumented(template, method, answer);
    expect(response.headers.get('cache-control')).toBe('no-store');
    return answer;
  };
  return { call };
};
