import { expect, it } from 'vitest';
import { createSessionCaller } from '../../../src/session/session-caller.ts';
import { clientOf, serveHttp } from '../django/local-server.ts';

const { signal } = new AbortController();
const index = { method: 'GET', path: '/admin/' } as const;
const cookies = [{ name: 'sessionid', value: 'a', expiresAt: undefined }];

/** A server that counts, and sends to the login while `closed` says so. */
const startServer = async () => {
  const state = { asked: 0, closed: false };
  const port = await serveHttp((request, response) => {
    state.asked += 1;
    if (state.closed && request.url === '/admin/')
      response.writeHead(302, { location: '/admin/login/?next=/admin/' });
    response.end('<a href="/admin/logout/">Log out</a>');
  });
  return { state, port };
};

it('asks nothing while nobody is logged in', async () => {
  const { state, port } = await startServer();
  const caller = createSessionCaller({
    client: clientOf(port, { headers: { 'X-Forwarded-Proto': 'https' } }),
    signInHint: 'Log in.',
  });
  await expect(caller.send(index, signal)).rejects.toMatchObject({
    reason: 'anonymous',
    hint: 'Log in.',
  });
  expect(state.asked).toBe(0);
});

it('asks without a cookie where a header of the operator may be the login', async () => {
  const { port } = await startServer();
  const client = clientOf(port, { headers: { Authorization: 'Basic eA==' } });
  const caller = createSessionCaller({ client, signInHint: 'Log in.' });
  expect((await caller.send(index, signal)).status).toBe(200);
});

it('comes back when Django took the session for over only once', async () => {
  const { state, port } = await startServer();
  const caller = createSessionCaller({ client: clientOf(port), cookies, signInHint: 'Log in.' });
  state.closed = true;
  expect((await caller.send(index, signal)).status).toBe(302);
  expect(await caller.renew(signal)).toBe(false);
  await expect(caller.send(index, signal)).rejects.toMatchObject({ reason: 'anonymous' });
  expect(await caller.renew(signal)).toBe(false);
  state.closed = false;
  expect(await caller.renew(signal)).toBe(true);
  expect((await caller.send(index, signal)).status).toBe(200);
});
