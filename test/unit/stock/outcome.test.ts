import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/stock/outcome.ts';
import { fileName } from '../../../src/stock/outcome-page.ts';
import type { Outcome } from '../../../src/stock/outcome-types.ts';
import {
  djangos,
  names,
  origin,
  type Recorded,
  recorded,
  type Setup,
  toResponse,
} from './recorded.ts';

const site = { adminUrl: new URL(`${origin}/admin/`), publicOrigin: 'https://admin.example.com' };

const judge = (answer: Recorded, at = site): Outcome =>
  classify(at, { method: answer.method, path: answer.path }, toResponse(answer));

const kindOf = (setup: Setup, name: string): string => judge(recorded(setup, name)).kind;

const answer = (
  method: 'GET' | 'POST',
  path: string,
  location: string,
  more: Partial<Recorded> = {},
): Recorded => ({ method, path, status: 302, headers: { location }, ...more });

const cookie = (...messages: [level: number, text: string][]): string =>
  `${Buffer.from(JSON.stringify(messages.map(([level, text]) => ['__json_message', 0, level, text]))).toString('base64url')}:1:s`;

/** What each recorded answer of a real Django means. */
const expected: Record<string, string> = {
  index: 'page',
  change: 'page',
  list: 'page',
  delete: 'page',
  'list-bad-query': 'query_rejected',
  'list-bad-query-followed': 'page',
  'list-lookup-400': 'bad_request',
  invalid: 'returned',
  'invalid-add': 'returned',
  'invalid-formset': 'returned',
  'save-continue': 'done',
  save: 'done',
  'save-addanother': 'done',
  'create-continue': 'done',
  create: 'done',
  'create-popup': 'popup_done',
  'change-popup-saved': 'popup_done',
  'missing-change': 'not_found',
  'missing-change-text': 'not_found',
  'missing-delete': 'not_found',
  'missing-history': 'not_found',
  'missing-panel': 'unknown_url',
  'missing-model': 'missing',
  'missing-app': 'missing',
  'missing-password': 'missing',
  'no-password-page': 'unknown_url',
  'no-slash': 'moved',
  anonymous: 'session_over',
  'anonymous-post': 'session_over',
  'anonymous-index': 'session_over',
  login: 'page',
  'login-bad': 'returned',
  csrf: 'forbidden',
  'forbidden-add': 'forbidden',
  'forbidden-delete': 'forbidden',
  'forbidden-post': 'forbidden',
  'add-only-created': 'done',
  'weak-delete': 'page',
  'weak-delete-post': 'forbidden',
  'delete-protected-post': 'returned',
  'password-bad': 'returned',
  'own-password-bad': 'returned',
  'password-saved': 'done',
  ask: 'returned',
  'ask-done': 'done',
  export: 'file',
  grow: 'done',
  'no-action': 'warned',
  'no-items': 'returned',
  'delete-selected': 'returned',
  'bulk-invalid': 'returned',
  'bulk-gone': 'returned',
  'bulk-saved': 'done',
  autocomplete: 'data',
  'autocomplete-forbidden': 'forbidden',
  'autocomplete-past': 'missing',
  'view-on-site': 'moved',
  deleted: 'done',
  jsi18n: 'data',
  'server-error': 'server_error',
};

describe.each(djangos)('answers of %s', (setup) => {
  it.each(Object.entries(expected))('%s means %s', (name, kind) => {
    const actual = kindOf(setup, name);
    // Where objects are shown on the site is outside of the admin.
    expect(actual).toBe(
      name === 'view-on-site' ? 'away' : name === 'no-items' ? noItems(setup) : kind,
    );
  });

  it('a success says what the view said', () => {
    expect(judge(recorded(setup, 'save-continue'))).toMatchObject({
      kind: 'done',
      evidence: 'message',
      target: { kind: 'change', pk: '1' },
      messages: [{ level: 'success', isHtml: true }],
    });
    expect(judge(recorded(setup, 'create-continue'))).toMatchObject({
      target: { kind: 'change', modelName: 'category', pk: '4' },
    });
    expect(judge(recorded(setup, 'add-only-created'))).toMatchObject({
      evidence: 'message',
      target: { kind: 'index' },
    });
    expect(judge(recorded(setup, 'grow'))).toMatchObject({
      evidence: 'redirect',
      messages: [{ level: 'info', text: '2 <grown>' }],
    });
  });

  it('a popup says the key and the label', () => {
    expect(judge(recorded(setup, 'create-popup'))).toEqual({
      kind: 'popup_done',
      action: 'add',
      value: '6',
      label: 'New "3"',
    });
    expect(judge(recorded(setup, 'change-popup-saved'))).toMatchObject({
      action: 'change',
      value: '1',
      label: 'Books',
    });
  });

  it('a dead session says whether repeating is safe', () => {
    expect(judge(recorded(setup, 'anonymous-post'))).toEqual({
      kind: 'session_over',
      safeToRepeat: true,
    });
    expect(judge(recorded(setup, 'csrf'))).toEqual({ kind: 'forbidden', csrf: true });
    expect(judge(recorded(setup, 'forbidden-add'))).toEqual({ kind: 'forbidden', csrf: false });
  });

  it('no page, and no answer to a GET, is ever a success', () => {
    for (const name of names(setup)) {
      const each = recorded(setup, name);
      if (each.status === undefined) continue;
      const { kind } = judge(each);
      if (each.method === 'GET') expect([name, kind]).not.toEqual([name, 'done']);
      if (each.status === 200 && kind !== 'popup_done')
        expect(['page', 'returned', 'data', 'file', 'session_over']).toContain(kind);
    }
  });
});

/** Without a selected row Django answers with a redirect, or (some versions) with the list and a message. */
const noItems = (setup: Setup): string =>
  recorded(setup, 'no-items').status === 200 ? 'returned' : 'warned';

describe('redirects that Django answers with', () => {
  const change = '/admin/lab/product/1/change/';

  it('the form action of Django 6.1 that chose nothing did not save', () => {
    const said = { messages: cookie([30, 'No action selected.']) };
    expect(judge(answer('POST', change, change, said))).toMatchObject({ kind: 'warned' });
  });

  it('to the index means "not there" with a warning, done with a success, and nothing without a word', () => {
    expect(
      judge(answer('POST', change, '/admin/', { messages: cookie([30, 'gone']) })),
    ).toMatchObject({ kind: 'not_found' });
    expect(
      judge(
        answer('POST', '/admin/lab/product/1/delete/', '/admin/', {
          messages: cookie([25, 'deleted']),
        }),
      ),
    ).toMatchObject({ kind: 'done' });
    expect(judge(answer('POST', change, '/admin/'))).toMatchObject({ kind: 'unclear' });
    expect(judge(answer('GET', change, '/admin/'))).toMatchObject({ kind: 'not_found' });
    expect(judge(answer('GET', '/admin/lab/product/', '/admin/'))).toMatchObject({ kind: 'moved' });
    expect(judge(answer('POST', '/admin/lab/product/add/', '/admin/'))).toMatchObject({
      kind: 'unclear',
    });
  });

  it('a success beside warnings is a success', () => {
    const said = { messages: cookie([30, 'look out'], [25, 'saved']) };
    expect(judge(answer('POST', change, '/admin/lab/product/', said))).toMatchObject({
      kind: 'done',
      evidence: 'message',
    });
  });

  it('without a cookie the redirect alone tells', () => {
    expect(judge(answer('POST', change, '/admin/lab/product/'))).toMatchObject({
      kind: 'done',
      evidence: 'redirect',
      messages: null,
    });
  });

  it('?e=1 is a refused query on the same list only', () => {
    expect(
      judge(answer('GET', '/admin/lab/product/?x=1', '/admin/lab/product/?e=1')),
    ).toMatchObject({ kind: 'query_rejected' });
    expect(
      judge(answer('POST', '/admin/lab/product/?x=1', '/admin/lab/product/?e=1')),
    ).toMatchObject({ kind: 'query_rejected' });
    expect(judge(answer('POST', change, '/admin/lab/product/?e=1'))).toMatchObject({
      kind: 'done',
    });
  });

  it('a post to an unknown URL is not done, nor is one that lost its slash', () => {
    expect(
      judge(answer('POST', '/admin/lab/product/1/run/', '/admin/lab/product/1/run/change/')),
    ).toMatchObject({ kind: 'unknown_url' });
    expect(
      judge(answer('POST', '/admin/lab/product/run', '/admin/lab/product/run/')),
    ).toMatchObject({ kind: 'moved' });
  });

  it('without a location means nothing known', () => {
    expect(judge({ method: 'POST', path: change, status: 302, headers: {} })).toEqual({
      kind: 'unexpected',
      status: 302,
    });
  });
});

describe('redirects to a login', () => {
  const path = '/admin/lab/product/a%20b/change/?_changelist_filters=q%3D1';

  it.each([
    ['GET', `/admin/login/?next=${encodeURIComponent(path)}`, true],
    ['POST', `/admin/login/?next=${encodeURIComponent(path)}`, true],
    ['POST', '/admin/login/?next=/admin/lab/product/a%2520b/change/', true],
    ['POST', '/admin/login/', false],
    ['POST', '/admin/login/?next=/admin/', false],
    [
      'GET',
      `https://sso.example.com/auth?return_to=${encodeURIComponent(`http://testserver${path}`)}`,
      true,
    ],
    ['POST', `https://sso.example.com/auth?next=${encodeURIComponent(path)}`, true],
    ['POST', `/accounts/login/?next=${encodeURIComponent(path)}`, true],
    ['GET', `/start/?next=${encodeURIComponent(path)}`, true],
  ] as const)(
    '%s to %s is a dead session (safe to repeat: %s)',
    (method, location, safeToRepeat) => {
      expect(judge(answer(method, path, location))).toEqual({ kind: 'session_over', safeToRepeat });
    },
  );

  it.each([
    ['POST', `/shop/done/?next=${encodeURIComponent(path)}`],
    ['POST', '/accounts/login/'],
    ['GET', 'https://sso.example.com/start'],
    ['POST', 'https://elsewhere.example.com/admin/lab/product/'],
    ['POST', '/other/'],
  ] as const)('%s to %s may have taken effect', (method, location) => {
    expect(judge(answer(method, path, location))).toMatchObject({ kind: 'away' });
  });

  it('the public origin is our own', () => {
    expect(
      judge(answer('POST', path, 'https://admin.example.com/admin/lab/product/')),
    ).toMatchObject({ kind: 'done' });
    expect(
      judge(answer('POST', path, 'https://admin.example.com/admin/lab/product/'), {
        ...site,
        publicOrigin: 'https://x.y',
      }),
    ).toMatchObject({ kind: 'away' });
  });

  it('the page itself, sent with status 200, is one too', () => {
    const { body = '' } = recorded('django-52', 'login');
    expect(judge({ method: 'GET', path: '/admin/', status: 200, headers: {}, body })).toEqual({
      kind: 'session_over',
      safeToRepeat: false,
    });
    expect(judge({ method: 'GET', path: '/admin/login/', status: 200, headers: {}, body })).toEqual(
      { kind: 'page' },
    );
  });
});

describe('pages and files', () => {
  const page = (
    body: string,
    headers: Record<string, string> = { 'content-type': 'text/html' },
  ): Recorded => ({
    method: 'POST',
    path: '/admin/lab/product/1/change/',
    status: 200,
    headers,
    body,
  });

  it('markup of a record cannot pass for a popup that was done', () => {
    const proof = `data-popup-response="{&quot;value&quot;: &quot;1&quot;, &quot;obj&quot;: &quot;x&quot;}"`;
    const id = 'id="django-admin-popup-response-constants"';
    expect(judge(page(`<script ${id} ${proof}></script>`)).kind).toBe('popup_done');
    expect(judge(page(`<form method=post></form><script ${id} ${proof}></script>`)).kind).toBe(
      'returned',
    );
    expect(judge(page(`<p ${id} ${proof}></p>`)).kind).toBe('returned');
    expect(judge(page(`<script ${id} data-popup-response="{}"></script>`)).kind).toBe('returned');
    expect(judge(page(`<script ${id} data-popup-response="nonsense"></script>`)).kind).toBe(
      'returned',
    );
    expect(judge({ ...page(`<script ${id} ${proof}></script>`), method: 'GET' }).kind).toBe('page');
  });

  it('attachments and what is no text are files, with their names', () => {
    expect(
      judge(
        page('', {
          'content-type': 'text/html',
          'content-disposition': 'attachment; filename="a b.html"',
        }),
      ),
    ).toEqual({ kind: 'file', mediaType: 'text/html', name: 'a b.html' });
    expect(judge(page('', { 'content-type': 'application/pdf' }))).toEqual({
      kind: 'file',
      mediaType: 'application/pdf',
      name: 'download',
    });
    expect(judge(page('{}', { 'content-type': 'application/json; charset=utf-8' }))).toEqual({
      kind: 'data',
      mediaType: 'application/json',
    });
    expect(fileName('attachment; filename*=utf-8\'\'%C3%A4.csv; filename="a.csv"')).toBe('ä.csv');
    expect(fileName("attachment; filename*=utf-8''%; filename=plain.csv")).toBe('plain.csv');
    expect(fileName('attachment; filename="a\\"b.csv"')).toBe('a"b.csv');
    expect(fileName('attachment')).toBe('download');
  });

  it.each([
    [400, 'bad_request'],
    [401, 'session_over'],
    [403, 'forbidden'],
    [404, 'missing'],
    [405, 'method_not_allowed'],
    [410, 'missing'],
    [413, 'too_large'],
    [418, 'unexpected'],
    [429, 'throttled'],
    [500, 'server_error'],
    [503, 'server_error'],
    [100, 'unexpected'],
  ])('status %i means %s', (status, kind) => {
    expect(judge({ ...page('x'), status }).kind).toBe(kind);
  });
});

describe('whatever comes back', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '/admin/',
      '/admin/login/?next=/admin/a/b/',
      '/admin/a/b/',
      '//x/y',
      'http://[',
      '?e=1',
    ),
  );

  it('is never a success without a redirect inside the admin, or the popup’s proof', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 599 }),
        text,
        text,
        fc.constantFrom('GET', 'POST'),
        (status, body, to, method) => {
          const location = URL.canParse(to, `${origin}/admin/a/b/`)
            ? new URL(to, `${origin}/admin/a/b/`)
            : undefined;
          const response = {
            ...toResponse({ method: 'POST', path: '/admin/a/b/', status, headers: {}, body }),
            location,
          };
          const { kind } = classify(
            site,
            { method: method === 'GET' ? 'GET' : 'POST', path: '/admin/a/b/' },
            response,
          );
          if (kind !== 'done') return;
          expect(method).toBe('POST');
          expect(Math.floor(status / 100)).toBe(3);
          expect(location?.origin === origin && location.pathname.startsWith('/admin/')).toBe(true);
        },
      ),
    );
  });
});
