import { describe, expect, it } from 'vitest';
import { resultOfAnswer } from '../../../src/mcp/results.ts';
import { toSeedShape } from '../../../src/mcp/seed-shape.ts';
import type { JsonObject } from '../../../src/operations/json.ts';

const answerWith = (
  bytes: Uint8Array,
  mediaType: string,
  more: { charset?: string; maxChars?: number } = {},
) => {
  const { charset, maxChars = 40_000 } = more;
  const file = { name: 'a b.x', mediaType, bytes, ...(charset === undefined ? {} : { charset }) };
  const body = { executed: true, file: { name: 'a b.x', size: bytes.byteLength } };
  return resultOfAnswer({ status: 200, body, file }, maxChars);
};

const factsOf = (result: ReturnType<typeof answerWith>): JsonObject =>
  (result.structuredContent as { file: JsonObject }).file;

describe('a file in a result', () => {
  it.each([
    ['UTF-8', Buffer.from('Straße'), undefined, 'utf-8'],
    ['UTF-8 with a mark', Buffer.from('\ufeffStraße'), undefined, 'utf-8'],
    ['UTF-16 with a mark', Buffer.from('\ufeffStraße', 'utf16le'), undefined, 'utf-16le'],
    ['a charset that was named', Buffer.from('Straße', 'latin1'), 'ISO-8859-1', 'windows-1252'],
    ['cyrillic', Buffer.from([0xd0, 0xf3]), 'windows-1251', 'windows-1251', 'Ру'],
    ['a euro', Buffer.from([0x80, 0x93]), 'cp1252', 'windows-1252', '€“'],
  ])('%s is read as such, and the charset is told', (_, bytes, charset, told, text = 'Straße') => {
    const result = answerWith(bytes, 'text/csv', charset === undefined ? {} : { charset });
    expect(factsOf(result)).toMatchObject({ charset: told, text });
    expect(result.content).toHaveLength(1);
  });

  it.each([
    ['bytes that are no text in their charset', Buffer.from('Straße', 'latin1'), undefined],
    ['an unknown charset', Buffer.from('a'), 'klingon'],
    ['NUL characters', Buffer.from('a\0b'), undefined],
  ])('a text with %s is handed over as bytes, never guessed', (_, bytes, charset) => {
    const result = answerWith(bytes, 'text/csv', charset === undefined ? {} : { charset });
    expect(factsOf(result)).not.toHaveProperty('text');
    expect(result.content[1]).toMatchObject({
      type: 'resource',
      resource: { uri: 'admin-file:///a%20b.x', blob: bytes.toString('base64') },
    });
  });

  it('a long text is cut at a line and says how much there is', () => {
    const lines = Array.from({ length: 2000 }, (_, i) => `${i};"quoted"\n`);
    const result = answerWith(Buffer.from(lines.join('')), 'text/csv', { maxChars: 5000 });
    const { text, truncated, hint } = factsOf(result) as {
      text: string;
      truncated: { shown_lines: number };
      hint: string;
    };
    expect(lines.join('').startsWith(text)).toBe(true);
    expect(text.endsWith('\n')).toBe(true);
    expect(truncated).toEqual({ shown_lines: text.split('\n').length - 1, of_lines: 2000 });
    expect(truncated.shown_lines).toBeGreaterThan(100);
    expect(hint).toContain('--download-dir');
    expect(JSON.stringify(result.structuredContent).length).toBeLessThanOrEqual(5000);
  });

  it('hidden characters of a text are made visible', () => {
    expect(factsOf(answerWith(Buffer.from('a\u202eb\u001b'), 'text/plain'))['text']).toBe(
      'a⟨U+202E⟩b⟨U+001B⟩',
    );
  });

  it('large bytes are not there, and the result says what to do', () => {
    const result = answerWith(Buffer.alloc(256 * 1024 + 1), 'application/zip');
    expect(factsOf(result)['error']).toMatchObject({ code: 'too_large' });
    expect(result.content).toHaveLength(1);
    expect(result.isError).toBe(false);
  });

  it('text and structured content say the same', () => {
    const { content, structuredContent } = answerWith(Buffer.from([1, 2]), 'image/png');
    expect(JSON.parse((content[0] as { text: string }).text)).toEqual(structuredContent);
  });

  it('comes as base64 in the shape of the Python package, which knows no resources', () => {
    const result = answerWith(Buffer.from([1, 2]), 'image/png');
    expect(toSeedShape({ jsonrpc: '2.0', id: 1, result } as never)).toMatchObject({
      result: { content: [{ type: 'json', json: { executed: true, base64: 'AQI=' } }] },
    });
  });
});
