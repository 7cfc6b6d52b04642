import { describe, expect, test } from 'vitest';
import { GatewayError } from '../../../src/operations/errors.ts';
import { createRestUpstream } from '../../../src/rest/upstream.ts';
import { createSessionCaller } from '../../../src/session/session-caller.ts';
import { describeShops, type LiveShop, oneSeries } from '../support/live-shop.ts';
import { callAs, errorOf, restOptions } from './rest-shop.ts';

const tag = { app_label: 'catalog', model_name: 'tag', pk: '1' };
const context = (caller: ReturnType<LiveShop['as']>) => ({
  caller,
  signal: AbortSignal.timeout(20_000),
});

/** A caller whose session Django does not know. */
const stranger = (live: () => LiveShop) =>
  createSessionCaller({
    client: live().client,
    cookies: [{ name: 'sessionid', value: 'x'.repeat(32), expiresAt: undefined }],
    signInHint: 'Log in.',
  });

await describeShops(
  'rest: without the package',
  { env: { SHOP_REST_API: '0' } },
  (live) => {
    test('says that it is not there, and how to do without', async () => {
      const error = await errorOf(callAs(live)('registry', {}));
      expect([error.reason, error.hint]).toEqual([
        'missing',
        expect.stringContaining('--upstream stock'),
      ]);
      expect(error.hint).toContain('pip install');
    });
  },
  oneSeries,
);

await describeShops(
  'rest: a session that is over',
  restOptions,
  (live) => {
    test('is told apart from a refusal, before anything is written', async () => {
      const { retrieve, destroy, update } = createRestUpstream();
      for (const call of [
        () => retrieve(tag, context(stranger(live))),
        () => destroy(tag, context(stranger(live))),
        () => update({ ...tag, data: { name: 'x' } }, context(stranger(live))),
      ]) {
        const error = await errorOf(call());
        expect([error.reason, error.hint]).toEqual(['anonymous', 'Log in.']);
      }
    });

    test('is told for a user who is no staff', async () => {
      const answer = await callAs(live, 'customer')('registry', {}).catch(
        (error: unknown) => error,
      );
      expect(answer).toSatisfy(
        (value) => value instanceof GatewayError || (value as { status: number }).status === 403,
      );
    });

    test('a refused CSRF token is no refusal of the admin', async () => {
      const caller = live().as('admin');
      const { set_password } = createRestUpstream();
      const bad = { ...caller, csrfToken: async () => 'not-a-token' };
      const error = await errorOf(
        set_password({ ...tag, password: 'long enough 1' }, context(bad)),
      );
      expect([error.reason, error.hint]).toEqual(['forbidden', expect.stringContaining('CSRF')]);
    });
  },
  oneSeries,
);

await describeShops(
  'rest: behind LoginRequiredMiddleware',
  { ...restOptions, env: { ...restOptions.env, SHOP_LOGIN_REQUIRED: '1' } },
  (live) => {
    describe('a redirect to the login page', () => {
      test('means that the session is over', async () => {
        const error = await errorOf(createRestUpstream().retrieve(tag, context(stranger(live))));
        expect(error.reason).toBe('anonymous');
      });

      test('is not met with a session', async () => {
        expect((await callAs(live)('retrieve', tag)).status).toBe(200);
      });
    });
  },
  oneSeries,
);

for (const csrfHeader of ['X-Shop-Csrf', undefined])
  await describeShops(
    `rest: a site that renamed the CSRF header, ${csrfHeader === undefined ? 'unknown to us' : 'as we were told'}`,
    { ...restOptions, env: { ...restOptions.env, SHOP_CSRF: 'renamed' }, site: { csrfHeader } },
    (live) => {
      const rename = () => callAs(live)('update', { ...tag, data: { name: 'Renamed' } });
      if (csrfHeader === undefined)
        test('refuses writes, and the hint names the CSRF check', async () => {
          const error = await errorOf(rename());
          expect([error.reason, error.hint]).toEqual([
            'forbidden',
            expect.stringContaining('CSRF'),
          ]);
        });
      else
        test('takes writes', async () => {
          expect((await rename()).status).toBe(200);
        });
    },
    oneSeries,
  );
