import { expect, it } from 'vitest';
import { createSessionCaller } from '../../../src/session/session-caller.ts';
import { clientOf, serveHttp } from '../django/local-server.ts';

const { signal } = new AbortController();
const index = { method: 'GET', path: '/admin/' } as const;
/** A server that counts what it is asked. */
const startServer = async () => {
  const state = { asked: 0 };
  const port = await serveHttp((_, response) => {
    state.asked += 1;
    response.end();
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
