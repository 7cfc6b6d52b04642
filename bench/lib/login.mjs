/** A session of the admin, by its own login form. */

const password = 'shop-demo-pass';

const cookiesOf = (response) =>
  response.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '');

/**
 * @param {string} adminUrl
 * @param {string} [user] see examples/shop/README.md
 * @returns {Promise<{ cookie: string, token: string }>} what an HTTP client of the gateway sends
 */
export const logIn = async (adminUrl, user = 'admin') => {
  const url = `${adminUrl}login/`;
  const page = await fetch(url);
  const [given = ''] = cookiesOf(page);
  const form = new URLSearchParams({
    csrfmiddlewaretoken: given.split('=')[1] ?? '',
    username: user,
    password,
    next: new URL(adminUrl).pathname,
  });
  const answer = await fetch(url, {
    method: 'POST',
    body: form,
    headers: { cookie: given, referer: url },
    redirect: 'manual',
  });
  if (answer.status !== 302) throw new Error(`${user} could not log in: ${answer.status}`);
  const cookies = cookiesOf(answer);
  const token = cookies.find((cookie) => cookie.startsWith('csrftoken='))?.split('=')[1] ?? '';
  return { cookie: cookies.join('; '), token };
};
