import { describe, expect, it } from 'vitest';
import { guardRequest } from '../../../src/http/guard.ts';

const options = { allowedHosts: ['mcp.example'], allowedOrigins: ['https://shop.example'] };

const passes = (headers: Record<string, string>): boolean => {
  try {
    guardRequest(new Headers(headers), options);
    return true;
  } catch {
    return false;
  }
};

describe('the guard', () => {
  it.each([
    'localhost',
    'localhost:8808',
    '127.0.0.1:1',
    '127.8.8.8',
    '[::1]:80',
    'mcp.example:443',
  ])('takes the host %s', (host) => {
    expect(passes({ host })).toBe(true);
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '',
    'a b',
    '10.0.0.1',
  ])('refuses the host %j', (host) => {
    expect(passes({ host })).toBe(false);
  });

  it('takes a request without an origin, of its own origin, and of an allowed one', () => {
    expect(passes({ host: 'localhost:8808' })).toBe(true);
    expect(passes({ host: 'localhost:8808', origin: 'http://localhost:8808' })).toBe(true);
    expect(passes({ host: 'localhost:8808', origin: 'https://shop.example' })).toBe(true);
  });

  it.each([
    'https://evil.example',
    'null',
    'http://localhost:9999',
    'http://shop.example',
    'garbage',
  ])('refuses the origin %s', (origin) => {
    expect(passes({ host: 'localhost:8808', origin })).toBe(false);
  });
});
