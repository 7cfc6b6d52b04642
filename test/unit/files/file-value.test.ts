import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanFileName, isFileName, numberedFileName } from '../../../src/operations/file-name.ts';
import {
  decodeBase64,
  fileObjectIn,
  fileOfContent,
  parseFileObject,
  sha256Of,
} from '../../../src/operations/file-value.ts';
import { takeFile } from '../../../src/operations/given-files.ts';

const content = (text: string) => Buffer.from(text).toString('base64');

describe('base64 from a model', () => {
  it('comes back as the bytes it was made of, in both alphabets and with line breaks', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const plain = Buffer.from(bytes).toString('base64');
        const wrapped = plain.replace(/.{76}/g, '$&\r\n');
        const urlSafe = plain.replaceAll('+', '-').replaceAll('/', '_');
        for (const text of [plain, wrapped, urlSafe])
          expect(decodeBase64(text)).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it('is refused with one character lost or gained, never decoded to another file', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        fc.nat(),
        fc.constantFrom('A', '=', ' ', '%', 'ä'),
        (bytes, where, extra) => {
          const text = Buffer.from(bytes).toString('base64');
          const at = where % text.length;
          expect(decodeBase64(text.slice(0, at) + text.slice(at + 1))).toBeUndefined();
          expect(decodeBase64(text.slice(0, at) + extra + text.slice(at))).toBeUndefined();
        },
      ),
    );
  });

  it.each([['aGk'], ['aGl='], ['aGk=='], ['a Gk='], ['aGk=aGk='], ['data:,aGk=']])(
    '%s is refused',
    (text) => {
      expect(decodeBase64(text)).toBeUndefined();
    },
  );

  it('is checked against the size and SHA-256 that came with it', () => {
    const source = { kind: 'content', name: 'a.txt', mediaType: 'text/plain' } as const;
    const whole = { ...source, content: content('whole') };
    const sha256 = sha256Of(Buffer.from('whole'));
    expect(fileOfContent({ ...whole, size: 5, sha256 })).toMatchObject({ name: 'a.txt' });
    expect(fileOfContent({ ...whole, size: 6 })).toHaveProperty('refused');
    expect(fileOfContent({ ...whole, content: content('wholf'), sha256 })).toHaveProperty(
      'refused',
    );
  });
});

describe('the value of a file field', () => {
  it.each([
    [{ path: 'a.txt' }, 'path'],
    [{ upload: 'x' }, 'upload'],
    [{ name: 'a.txt', content_base64: '' }, 'content'],
    [{ name: 'a.txt', size: 3 }, 'announced'],
  ])('%j is a %s', (file, kind) => {
    expect(parseFileObject(file)).toMatchObject({ kind });
  });

  it.each([
    [{}],
    [{ path: 'a', upload: 'b' }],
    [{ path: 'a', content_base64: '' }],
    [{ name: '../a.txt', content_base64: '' }],
    [{ name: 'a.txt', content: 'aGk=' }],
    [{ name: 'a.txt', content_base64: 'aGk=', media_type: 'text' }],
    [{ name: 'a.txt', media_type: 'text/plain\r\nX: y' }],
    [{ name: 'a.txt', sha256: 'abc' }],
    [{ upload: 'x', name: 'other.txt' }],
    [{ path: '' }],
  ])('%j is refused in a sentence', (file) => {
    expect(parseFileObject(file)).toMatchObject({ refused: expect.stringMatching(/\.$/) });
  });

  it('stands alone: an object with more than "file" is something else', () => {
    expect(fileObjectIn({ file: { path: 'a' } })).toEqual({ path: 'a' });
    for (const other of [null, 'a', [], { file: 'a' }, { file: {}, clear: true }])
      expect(fileObjectIn(other)).toBeUndefined();
  });

  it('gives its content to an upstream that no layer has fetched anything for', () => {
    const given = { file: { name: 'a.csv', content_base64: content('x') } };
    expect(takeFile(given)).toEqual({
      name: 'a.csv',
      mediaType: 'text/csv',
      bytes: Buffer.from('x'),
    });
    expect(takeFile({ file: { path: '/etc/hostname' } })).toHaveProperty('refused');
  });
});

const names = fc
  .array(fc.oneof(fc.constantFrom('.', '/', ' ', '\\', 'a'), fc.nat({ max: 0x10ffff })), {
    maxLength: 400,
    size: 'max',
  })
  .map((parts) =>
    parts.map((part) => (typeof part === 'string' ? part : String.fromCodePoint(part))).join(''),
  );

describe('file names', () => {
  it.each(['a/b', 'a\\b', '..', '', ' ', 'a\0', 'a\nb', 'invoice\u202efdp.exe', 'x'.repeat(256)])(
    '%j is none',
    (name) => {
      expect(isFileName(name)).toBe(false);
    },
  );

  it.each([
    ['products.csv', 'products.csv'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\report.pdf', 'report.pdf'],
    ['.bashrc', 'bashrc'],
    ['..', 'download'],
    ['', 'download'],
    ['a\u0000b\u001b[31m.txt', 'ab[31m.txt'],
    ['con.txt', '_con.txt'],
    ['what?.csv', 'what_.csv'],
    ['Übersicht 2024.csv', 'Übersicht 2024.csv'],
  ])('%j is written as %j', (name, clean) => {
    expect(cleanFileName(name)).toBe(clean);
  });

  it('are fit to be written whatever a server calls its file', () => {
    fc.assert(
      fc.property(names, (name) => {
        const clean = cleanFileName(name);
        expect(isFileName(numberedFileName(clean, 1000))).toBe(true);
        expect(clean.startsWith('.')).toBe(false);
      }),
    );
  });
});
