import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeBody } from '../../../src/django/encode-body.ts';

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

describe('a form body', () => {
  it('keeps order, repeated names and line ends', () => {
    const { contentType, bytes } = encodeBody({
      kind: 'form',
      fields: [
        ['b', '1'],
        ['a', 'x\r\ny'],
        ['b', 'ä &='],
      ],
    });
    expect(contentType).toBe('application/x-www-form-urlencoded');
    expect(textOf(bytes)).toBe('b=1&a=x%0D%0Ay&b=%C3%A4+%26%3D');
  });

  it('reads back as what was given', () => {
    const pairs = fc.array(
      fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' })),
    );
    fc.assert(
      fc.property(pairs, (fields) => {
        const { bytes } = encodeBody({ kind: 'form', fields });
        expect([...new URLSearchParams(textOf(bytes))]).toEqual(fields);
      }),
    );
  });
});

describe('a multipart body', () => {
  const readBack = (contentType: string, bytes: Uint8Array): Promise<FormData> =>
    new Response(bytes, { headers: { 'content-type': contentType } }).formData();

  it('carries fields and files, bytes and all', async () => {
    const bytes = Uint8Array.from([0, 13, 10, 45, 45, 255]);
    const body = encodeBody({
      kind: 'multipart',
      fields: [
        ['title', 'Größe'],
        ['note', 'a\r\n\r\n--b'],
      ],
      files: [{ field: 'photo', name: 'ein "Bild".png', mediaType: 'image/png', bytes }],
    });
    const form = await readBack(body.contentType, body.bytes);
    expect(form.get('title')).toBe('Größe');
    expect(form.get('note')).toBe('a\r\n\r\n--b');
    const photo = form.get('photo');
    if (!(photo instanceof File)) throw new Error('the file is missing');
    expect(photo.name).toBe('ein "Bild".png');
    expect(photo.type).toBe('image/png');
    expect(new Uint8Array(await photo.arrayBuffer())).toEqual(bytes);
  });

  it('lets no name end its header early', () => {
    const { bytes } = encodeBody({
      kind: 'multipart',
      fields: [['a"\r\nX-Evil: 1', 'v']],
      files: [
        {
          field: 'f',
          name: 'n\r\nX-Evil: 2',
          mediaType: 'text/plain\r\nX-Evil: 3',
          bytes: new Uint8Array(),
        },
      ],
    });
    expect(textOf(bytes)).not.toMatch(/^X-Evil/m);
  });

  it('never repeats a boundary', () => {
    const boundary = () => encodeBody({ kind: 'multipart', fields: [], files: [] }).contentType;
    expect(boundary()).not.toBe(boundary());
  });
});

it('sends JSON as UTF-8', () => {
  const { contentType, bytes } = encodeBody({
    kind: 'json',
    value: { name: 'Grün', n: [1, null] },
  });
  expect(contentType).toBe('application/json');
  expect(JSON.parse(textOf(bytes))).toEqual({ name: 'Grün', n: [1, null] });
});
