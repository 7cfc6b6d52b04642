import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSite } from '../../../src/django/parse-site.ts';
import {
  classifyRedirect,
  isHttpsUpgrade,
  isLoginRedirect,
} from '../../../src/django/redirects.ts';

const site = parseSite({
  adminUrl: 'http://web:8000/admin/',
  publicOrigin: 'https://shop.example.org',
});
const asked = '/admin/catalog/product/1/change/?q=a';
const to = (location: string, path = asked) => ({
  path,
  location: new URL(location, 'http://web:8000'),
});
const kindOf = (location: string) => classifyRedirect(site, to(location));

describe('classifyRedirect', () => {
  it.each([
    ['/admin/login/?next=/admin/catalog/product/1/change/%3Fq%3Da', 'login'],
    ['/admin/login/', 'login'],
    ['https://shop.example.org/admin/login/?next=/admin/', 'login'],
    ['/accounts/login/?next=/admin/catalog/product/1/change/', 'login'],
    ['/sso/start?return_to=https://shop.example.org/admin/catalog/product/1/change/', 'login'],
    ['https://id.example.org/oauth2/authorize?rd=/admin/catalog/product/1/change/', 'login'],
    [
      'https://id.example.org/authorize?client_id=1&redirect_uri=https://shop.example.org/cb',
      'foreign',
    ],
    ['https://payments.example.org/?next=/admin/catalog/product/1/change/', 'foreign'],
    ['https://web:8000/admin/', 'foreign'],
    ['/admin/', 'admin_index'],
    ['https://shop.example.org/admin/', 'admin_index'],
    ['/admin/catalog/product/', 'inside'],
    ['/admin/auth/user/?next=/admin/catalog/product/1/change/', 'inside'],
    ['/products/chair/', 'outside'],
    ['/products/?next=/admin/catalog/product/1/change/', 'outside'],
    ['/accounts/login/?next=/elsewhere/', 'outside'],
  ])('%s is %s', (location, kind) => {
    expect(kindOf(location)).toBe(kind);
    expect(isLoginRedirect(site, to(location))).toBe(kind === 'login');
  });

  it('says nothing about an answer that is no redirect', () => {
    expect(classifyRedirect(site, { path: asked, location: undefined })).toBeUndefined();
  });

  it('never takes a page of the admin for a login, whatever its models are called', () => {
    const name = fc.constantFrom('auth', 'otp', 'sso', 'verify', 'catalog', 'signin', 'user');
    fc.assert(
      fc.property(name, name, fc.nat(), (app, model, pk) => {
        const page = `/admin/${app}/${model}/${pk}/change/`;
        expect(classifyRedirect(site, to(`/admin/${app}/${model}/?next=${page}`, page))).toBe(
          model.endsWith('login') ? 'login' : 'inside',
        );
      }),
    );
  });

  it('calls every other origin foreign or a login', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (url) => {
        expect(['foreign', 'login']).toContain(kindOf(url));
      }),
    );
  });
});

describe('isHttpsUpgrade', () => {
  it('sees a redirect that changes nothing but the scheme', () => {
    const plain = parseSite({ adminUrl: 'http://shop.example.org/admin/' });
    const page = '/admin/?a=1';
    const upgrade = (location: string) =>
      isHttpsUpgrade(plain, { path: page, location: new URL(location) });
    expect(upgrade('https://shop.example.org/admin/?a=1')).toBe(true);
    expect(upgrade('https://shop.example.org/other/')).toBe(false);
    expect(upgrade('https://evil.example/admin/?a=1')).toBe(false);
  });
});
