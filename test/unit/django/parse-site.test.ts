import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSite } from '../../../src/django/parse-site.ts';
import { GatewayError } from '../../../src/operations/errors.ts';

const adminUrl = 'https://shop.example.org/admin/';

const refusalOf = (run: () => unknown): GatewayError => {
  try {
    run();
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};

describe('parseSite', () => {
  it('adds the slash that Django would redirect to', () => {
    const site = parseSite({ adminUrl: 'https://shop.example.org/backoffice' });
    expect(site.adminUrl.href).toBe('https://shop.example.org/backoffice/');
    expect(site.name).toBe('shop.example.org/backoffice/');
  });

  it.each([
    ['shop.example.org/admin/', 'not an http or https URL'],
    ['ftp://shop.example.org/admin/', 'not an http or https URL'],
    ['', 'not an http or https URL'],
    ['https://root:hunter2@shop.example.org/admin/', 'user name or password'],
    ['https://shop.example.org/admin/?next=/', 'query or fragment'],
    ['https://shop.example.org/admin/#top', 'query or fragment'],
    ['https://shop.example.org/admin/login/', 'login page'],
  ])('refuses %s', (url, reason) => {
    const error = refusalOf(() => parseSite({ adminUrl: url }));
    expect(error.reason).toBe('config');
    expect(error.message).toContain(reason);
    expect(`${error.message} ${error.hint}`).not.toContain('hunter2');
  });

  it('takes headers by lower-case name and refuses those that are its own business', () => {
    const headers = { 'X-Forwarded-Proto': 'https' };
    expect(parseSite({ adminUrl, headers }).headers).toEqual({ 'x-forwarded-proto': 'https' });
    for (const name of ['Cookie', 'Origin', 'Content-Length', 'Bad Name'])
      expect(refusalOf(() => parseSite({ adminUrl, headers: { [name]: 'x' } })).reason).toBe(
        'config',
      );
    expect(refusalOf(() => parseSite({ adminUrl, headers: { 'X-A': 'a\r\nX-B: b' } })).reason).toBe(
      'config',
    );
  });

  it.each([
    ['http://web:8000/admin/', { 'X-Forwarded-Proto': 'https' }, 'https://web:8000'],
    ['http://web:8000/admin/', { Host: 'shop.example.org' }, 'http://shop.example.org'],
    [
      'http://web:8000/admin/',
      { Host: 'shop.example.org', 'X-Forwarded-Proto': 'https' },
      'https://shop.example.org',
    ],
    ['http://web:8000/admin/', {}, undefined],
    ['https://shop.example.org/admin/', { Host: 'shop.example.org' }, undefined],
  ])('learns from its headers what Django takes itself for: %s %o', (url, headers, origin) => {
    expect(parseSite({ adminUrl: url, headers }).publicOrigin).toBe(origin);
  });

  it('believes a given public origin before its headers, and takes no path in it', () => {
    const headers = { Host: 'other.example.org' };
    expect(parseSite({ adminUrl, headers, publicOrigin: 'https://a.example/' }).publicOrigin).toBe(
      'https://a.example',
    );
    expect(
      refusalOf(() => parseSite({ adminUrl, publicOrigin: 'https://a.example/b' })).reason,
    ).toBe('config');
  });

  it.each(['api', '//evil.example/', '/api?x', '/a\\b', '/a b'])(
    'refuses the REST path %s',
    (path) => {
      expect(refusalOf(() => parseSite({ adminUrl, restPath: path })).reason).toBe('config');
    },
  );

  it.each(['', 'X CSRF', 'x:y', 'a\r\nb', 'Cookie', 'content-type'])(
    'refuses the CSRF header %j',
    (csrfHeader) => {
      expect(refusalOf(() => parseSite({ adminUrl, csrfHeader })).reason).toBe('config');
    },
  );

  it('refuses limits that are no positive whole number', () => {
    for (const timeoutMs of [0, -1, 1.5, Number.NaN])
      expect(refusalOf(() => parseSite({ adminUrl, timeoutMs })).reason).toBe('config');
  });

  it('answers any text with a site or a refusal in its own words', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
        try {
          expect(parseSite({ adminUrl: text }).adminUrl.pathname.endsWith('/')).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(GatewayError);
        }
      }),
    );
  });
});
