import { describe, expect, it } from 'vitest';
import { isDeletion, parseSetCookie } from '../../../src/django/set-cookie.ts';

const now = Date.UTC(2026, 0, 1);
const parse = (line: string) => parseSetCookie(line, now);

describe('parseSetCookie', () => {
  it('reads what Django writes', () => {
    const line =
      'csrftoken=abc; expires=Thu, 31 Dec 2026 00:00:00 GMT; Max-Age=60; Path=/; SameSite=Lax; Secure';
    expect(parse(line)).toEqual({ name: 'csrftoken', value: 'abc', expiresAt: now + 60_000 });
  });

  it('takes Expires where there is no Max-Age', () => {
    const cookie = parse('a=b; expires=Fri, 02 Jan 2026 00:00:00 GMT');
    expect(cookie?.expiresAt).toBe(Date.UTC(2026, 0, 2));
  });

  it('keeps a value as it is, quotes, equals signs and all', () => {
    expect(parse('messages=".eJx=:1sX:y=="; Path=/')?.value).toBe('".eJx=:1sX:y=="');
  });

  it('sees a deletion by either sign', () => {
    for (const line of [
      'sessionid=""; Max-Age=0; Path=/',
      'sessionid=; expires=Thu, 01 Jan 1970 00:00:00 GMT',
      'sessionid=x; Max-Age=-1',
    ]) {
      const cookie = parse(line);
      expect(cookie !== undefined && isDeletion(cookie, now)).toBe(true);
    }
  });

  it.each(['', '=x', 'no-equals', '; Path=/'])('reads no cookie from %o', (line) => {
    expect(parse(line)).toBeUndefined();
  });
});
