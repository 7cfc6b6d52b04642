import { expect, it } from 'vitest';
import type { DjangoRequest, DjangoResponse } from '../../../src/django/messages.ts';
import { parseSite } from '../../../src/django/parse-site.ts';
import { createResponse } from '../../../src/django/response.ts';
import { createCookieJar } from '../../../src/session/cookie-jar.ts';
import { createCsrfMemory } from '../../../src/session/csrf-memory.ts';

const site = parseSite({ adminUrl: 'http://shop.example/admin/' });
const url = new URL('http://shop.example/admin/password_change/');
const signal = new AbortController().signal;
const post: DjangoRequest = { method: 'POST', path: '/api/v1/' };
const answer = (status: number, type: string, body = ''): DjangoResponse =>
  createResponse({ status, headers: { 'content-type': type }, bytes: Buffer.from(body), url });

/** A session whose pages carry a new token each time, as Django's masked ones. */
const visitorWithPages = () => {
  let pages = 0;
  const send = async () => {
    pages += 1;
    const token = `${pages}`.repeat(64);
    return answer(200, 'text/html', `<input name="csrfmiddlewaretoken" value="${token}">`);
  };
  return { site, send, signInHint: '' };
};

it('takes the cookie, and a page once Django refused it', async () => {
  const memory = createCsrfMemory();
  const visitor = visitorWithPages();
  const jar = createCookieJar([{ name: 'csrftoken', value: 'cookie', expiresAt: undefined }]);
  expect(await memory.token(visitor, jar, signal)).toBe('cookie');
  memory.look(post, answer(403, 'application/json'));
  memory.look({ method: 'GET', path: '/' }, answer(403, 'text/html'));
  memory.look(post, answer(200, 'text/html'));
  expect(await memory.token(visitor, jar, signal)).toBe('cookie');
  memory.look(post, answer(403, 'text/html; charset=utf-8'));
  expect(await memory.token(visitor, jar, signal)).toBe('1'.repeat(64));
  expect(await memory.token(visitor, jar, signal)).toBe('1'.repeat(64));
  memory.look(post, answer(403, 'text/html'));
  expect(await memory.token(visitor, jar, signal)).toBe('2'.repeat(64));
  memory.forget();
  expect(await memory.token(visitor, jar, signal)).toBe('cookie');
});

it('says so when no page has a token, or the session is over', async () => {
  const jar = createCookieJar();
  const without = { site, send: async () => answer(200, 'text/html', '<p>'), signInHint: '' };
  await expect(createCsrfMemory().token(without, jar, signal)).rejects.toMatchObject({
    reason: 'forbidden',
  });
  const headers = { location: '/admin/login/?next=/admin/password_change/' };
  const over = {
    site,
    send: async () => createResponse({ status: 302, headers, bytes: new Uint8Array(), url }),
    signInHint: 'Log in again.',
  };
  await expect(createCsrfMemory().token(over, jar, signal)).rejects.toMatchObject({
    reason: 'anonymous',
    hint: 'Log in again.',
  });
});
