import { describe, expect, test } from 'vitest';
import type { DjangoResponse } from '../../../src/django/messages.ts';
import { parseSite } from '../../../src/django/parse-site.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import type { JsonObject } from '../../../src/operations/json.ts';
import { readAnswer } from '../../../src/rest/read-answer.ts';

interface Reply {
  readonly status?: number;
  readonly json?: JsonObject;
  /** A page, where there is no `json`. */
  readonly html?: string;
  readonly location?: string;
  readonly type?: string;
}

const responseOf = ({ status = 200, json, html = '', location, type }: Reply): DjangoResponse => ({
  status,
  headers: { 'content-type': type ?? (json === undefined ? 'text/html' : 'application/json') },
  bytes: new Uint8Array(),
  text: json === undefined ? html : JSON.stringify(json),
  path: '/api/v1/catalog/tag/1/',
  location: location === undefined ? undefined : new URL(location, 'http://shop.test'),
  setCookies: new Map(),
  setCookieLines: [],
});

const asked = { site: parseSite({ adminUrl: 'http://shop.test/admin/' }), signInHint: 'Log in.' };

const reasonOf = (reply: Reply, unsafe = false): string => {
  try {
    readAnswer(responseOf(reply), asked, unsafe);
    return 'answer';
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    expect(JSON.stringify(error)).not.toContain('SECRET');
    return error.reason;
  }
};

const html = '<h1>SECRET_KEY = SECRET</h1>';

describe('a response', () => {
  test.each<[string, Reply, string, string]>([
    ['JSON', { json: { a: 1 } }, 'answer', 'answer'],
    [
      'an error of the package',
      { status: 404, json: { error: { code: 'not_found' } } },
      'answer',
      'answer',
    ],
    ['no content', { status: 204 }, 'answer', 'answer'],
    [
      'a redirect to the login',
      { status: 302, location: '/admin/login/?next=/api/v1/catalog/tag/1/' },
      'anonymous',
      'anonymous',
    ],
    [
      'a redirect to https',
      { status: 301, location: 'https://shop.test/api/v1/' },
      'upstream',
      'upstream',
    ],
    ['401', { status: 401, html }, 'anonymous', 'anonymous'],
    [
      'an expired session',
      { status: 403, json: { error: { code: 'session_expired' } } },
      'anonymous',
      'anonymous',
    ],
    [
      'a refusal by the admin',
      { status: 403, json: { error: { code: 'forbidden' } } },
      'answer',
      'answer',
    ],
    ['the CSRF page', { status: 403, html }, 'forbidden', 'forbidden'],
    ['a 404 page', { status: 404, html }, 'missing', 'missing'],
    ['a 404 of another API', { status: 404, json: { detail: 'SECRET' } }, 'missing', 'missing'],
    ['a 500 page', { status: 500, html }, 'upstream', 'unknown_outcome'],
    [
      'a 500 in JSON',
      { status: 500, json: { error: { code: 'SECRET' } } },
      'upstream',
      'unknown_outcome',
    ],
    ['a 413 page', { status: 413, html }, 'too_large', 'too_large'],
    ['a 400 page', { status: 400, html }, 'upstream', 'upstream'],
    ['a page of an app that answers everything', { html }, 'upstream', 'unknown_outcome'],
    [
      'truncated JSON',
      { html: '{"SECRET":', type: 'application/json' },
      'upstream',
      'unknown_outcome',
    ],
    ['a list', { html: '[1]', type: 'application/json' }, 'upstream', 'unknown_outcome'],
  ])('that is %s', (_, reply, read, write) => {
    expect([reasonOf(reply), reasonOf(reply, true)]).toEqual([read, write]);
  });
});
