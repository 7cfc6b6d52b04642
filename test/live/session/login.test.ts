import { expect, it } from 'vitest';
import { createDjangoClient } from '../../../src/django/client.ts';
import { parseSite } from '../../../src/django/parse-site.ts';
import type { Credentials } from '../../../src/session/credentials.ts';
import { type LoggedIn, login } from '../../../src/session/login.ts';
import { describeShops, type LiveShop, password } from '../support/live-shop.ts';

const signal = AbortSignal.timeout(10 * 60_000);

const logInAt = async (
  live: LiveShop,
  path: string,
  credentials: Credentials,
): Promise<LoggedIn> => {
  const client = createDjangoClient(parseSite({ adminUrl: `${live.shop.url}${path}` }));
  try {
    return await login(client, credentials, signal);
  } finally {
    await client.close();
  }
};

const tries = async (live: LiveShop, credentials: Credentials, path = '/admin/') => {
  const error: unknown = await logInAt(live, path, credentials).catch((thrown: unknown) => thrown);
  const text = `${JSON.stringify(error)} ${error instanceof Error ? error.stack : ''}`;
  expect(text).not.toContain(credentials.password);
  return error;
};

await describeShops('the login', {}, (live) => {
  it('reaches the admin as the user whom it names', async () => {
    const { userName, cookies } = await logInAt(live(), '/admin/', { username: 'clerk', password });
    expect(userName.toLowerCase()).toContain('clerk');
    expect(cookies.map(({ name }) => name)).toContain('sessionid');
  });

  it('says what Django says, and no more, of wrong, unknown, inactive and other people', async () => {
    for (const [username, secret] of [
      ['clerk', 'not-the-password'],
      ['nobody', 'not-the-password'],
      ['retired', password],
      ['customer', password],
    ] as const)
      expect(await tries(live(), { username, password: secret })).toMatchObject({
        reason: 'anonymous',
        message: expect.stringContaining('It does not tell which'),
        details: { django: [expect.stringContaining('correct username and password')] },
      });
  });

  it('names the field that a site asks for beside the password, and takes it', async () => {
    const given = { username: 'clerk', password };
    expect(await tries(live(), given, '/backoffice/')).toMatchObject({
      reason: 'anonymous',
      message: 'This login also asks for "otp".',
      hint: expect.stringContaining('otp='),
    });
    expect(
      await tries(live(), { ...given, fields: { otp: '000000' } }, '/backoffice/'),
    ).toMatchObject({ details: { django: [expect.stringContaining('code is not valid')] } });
    const { cookies } = await logInAt(live(), '/backoffice/', {
      ...given,
      fields: { otp: '246810' },
    });
    expect(cookies.length).toBeGreaterThan(0);
  });

  it('says so where there is no admin', async () => {
    for (const path of ['/healthz/', '/nowhere/', '/products/oak-stool/'])
      expect(await tries(live(), { username: 'clerk', password }, path)).toMatchObject({
        reason: 'missing',
      });
  });
});
