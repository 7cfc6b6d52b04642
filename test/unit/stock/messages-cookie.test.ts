import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessages } from '../../../src/stock/messages-cookie.ts';
import { djangos, names, recorded } from './recorded.ts';

const cookie = (payload: unknown): string =>
  `${Buffer.from(JSON.stringify(payload)).toString('base64url')}:1abc:SIG`;

describe('the messages cookie', () => {
  it.each(djangos)('is read as %s wrote it, packed or not', (setup) => {
    const found = names(setup).flatMap((name) => {
      const { messages } = recorded(setup, name);
      return messages === undefined || messages === ''
        ? []
        : [{ name, value: messages, decoded: decodeMessages(messages) }];
    });
    expect(found.length).toBeGreaterThan(10);
    for (const { decoded } of found) expect(decoded?.messages.length).toBeGreaterThan(0);
    expect(found.some(({ value }) => value.startsWith('.'))).toBe(true);
    expect(found.some(({ value }) => !value.startsWith('.'))).toBe(true);
    expect(found.find(({ name }) => name === 'password-saved')?.decoded).toEqual({
      messages: [
        {
          level: 'success',
          levelNumber: 25,
          text: 'Password changed successfully.',
          isHtml: false,
          extraTags: '',
        },
      ],
      complete: true,
    });
  });

  it('knows levels between the five, markup and tags', () => {
    const { messages } = decodeMessages(
      cookie([
        ['__json_message', 1, 27, '<b>x</b>', 'loud'],
        ['__json_message', 0, 10, 'd'],
        ['__json_message', 0, 45, 'e'],
      ]),
    ) ?? { messages: [] };
    expect(messages.map(({ level, isHtml, extraTags }) => [level, isHtml, extraTags])).toEqual([
      ['success', true, 'loud'],
      ['debug', false, ''],
      ['error', false, ''],
    ]);
  });

  it('says when more messages wait in the session', () => {
    expect(
      decodeMessages(cookie([['__json_message', 0, 20, 'a'], '__messagesnotfinished__'])),
    ).toMatchObject({ messages: [{ text: 'a' }], complete: false });
  });

  it('takes quotes around it, and a deleted cookie', () => {
    expect(decodeMessages(`"${cookie([['__json_message', 0, 20, 'a']])}"`)?.messages).toHaveLength(
      1,
    );
    expect(decodeMessages('')).toEqual({ messages: [], complete: true });
    expect(decodeMessages('""')).toEqual({ messages: [], complete: true });
  });

  it('does not unpack without end', () => {
    const bomb = deflateSync(Buffer.alloc(50 * 1024 * 1024, 32)).toString('base64url');
    expect(decodeMessages(`.${bomb}:1:s`)).toBeNull();
  });

  it('is null for anything else, whatever it is', () => {
    expect(decodeMessages('nonsense')).toBeNull();
    expect(decodeMessages(cookie({ a: 1 }))).toBeNull();
    fc.assert(fc.property(fc.string(), (value) => void decodeMessages(value)));
    fc.assert(
      fc.property(
        fc.json(),
        (json) => void decodeMessages(`${Buffer.from(json).toString('base64url')}:1:s`),
      ),
    );
  });
});
