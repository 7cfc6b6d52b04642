import { expect, it } from 'vitest';
import { parseSite } from '../../../src/django/parse-site.ts';
import { createResponse } from '../../../src/django/response.ts';
import { siteFault } from '../../../src/session/site-fault.ts';

const site = parseSite({ adminUrl: 'http://shop.example/admin/' });
const faultOf = (status: number, headers: Record<string, string> = {}) =>
  siteFault(
    site,
    createResponse({
      status,
      headers,
      bytes: Buffer.from('<h1>Secret of the page</h1>'),
      url: new URL('http://shop.example/admin/'),
    }),
  );

it.each([
  [404, {}, 'missing', 'no admin at that path'],
  [200, {}, 'missing', 'no admin at that path'],
  [400, {}, 'config', 'rejected the request'],
  [401, {}, 'config', 'HTTP authentication'],
  [500, {}, 'upstream', 'answered 500'],
  [301, { location: 'https://shop.example/admin/' }, 'config', 'over https'],
  [302, { location: '/en/admin/' }, 'config', 'redirects that admin URL'],
])('an answer of %i %o is told as %s', (status, headers, reason, words) => {
  const fault = faultOf(status, headers);
  expect(fault).toMatchObject({ reason, message: expect.stringContaining(words) });
  expect(JSON.stringify(fault)).not.toContain('Secret of the page');
});

it('names where a redirect leads, as data', () => {
  expect(faultOf(302, { location: '/en/admin/?token=x' }).details).toEqual({
    status: 302,
    location: 'http://shop.example/en/admin/',
  });
});
