import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTickets, type TicketOwner, ticketSeconds } from '../../../src/files/tickets.ts';
import { createUploadFolder } from '../../../src/files/upload-folder.ts';
import { createUploads, type Uploads } from '../../../src/files/uploads.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import { sha256Of } from '../../../src/operations/file-value.ts';
import { signingKeyOf } from '../../../src/signing.ts';

const key = signingKeyOf('a key of at least thirty-two letters');
const maxBytes = 1000;

let dir: string;
let now: number;
let uploads: Uploads;

const replica = (ownKey = key): Uploads =>
  createUploads(
    createTickets(ownKey, () => now),
    createUploadFolder(dir, maxBytes, () => now),
    {
      maxBytes,
      types: ['text/*', 'application/pdf'],
    },
  );

beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'uploads-')), 'dir');
  now = Date.now();
  uploads = replica();
});

afterEach(async () => {
  await rm(join(dir, '..'), { recursive: true });
});

const owner = (name: string, site = 'https://shop.example/admin/'): TicketOwner => ({
  site: { adminUrl: new URL(site) } as TicketOwner['site'],
  fingerprint: (own) => `${name} ${Buffer.from(own ?? []).toString('hex')}`,
});
const ann = owner('ann');

async function* bodyOf(...chunks: string[]): AsyncIterable<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

const announced = { name: 'a.txt', mediaType: 'text/plain' };

const offered = (more: object = {}, caller = ann): string => {
  const offer = uploads.offer({ ...announced, ...more }, caller);
  if ('refused' in offer) throw new Error(offer.refused);
  return offer.id;
};

const sent = async (id: string, text: string, through = uploads) =>
  through.receive(id, bodyOf(text), undefined);

const reasonOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof GatewayError ? error.reason : String(error);
};

const claimed = async (id: string, caller = ann, through = uploads) => {
  const claim = await through.claim(id, caller);
  if ('refused' in claim) throw new Error(claim.refused);
  return claim;
};

describe('an upload', () => {
  it('is sent once, measured, and used once', async () => {
    const id = offered();
    const bytes = Buffer.from('hello');
    expect(await uploads.receive(id, bodyOf('hel', 'lo'), 5)).toEqual({
      name: 'a.txt',
      size: 5,
      sha256: sha256Of(bytes),
    });
    const { file, spend } = await claimed(id);
    expect(file).toEqual({ ...announced, bytes });
    await spend();
    expect(await uploads.claim(id, ann)).toHaveProperty('refused');
    expect(await uploads.peek(id, ann)).toHaveProperty('refused');
    expect(await reasonOf(sent(id, 'again'))).toBe('conflict');
  });

  it('is kept for another try after a call that failed, and after a dry run', async () => {
    const id = offered();
    await sent(id, 'hello');
    expect(await uploads.peek(id, ann)).toMatchObject({ name: 'a.txt' });
    const first = await claimed(id);
    expect(await uploads.claim(id, ann)).toHaveProperty('refused');
    await first.release();
    expect((await claimed(id)).file.bytes).toEqual(Buffer.from('hello'));
  });

  it('goes to exactly one of many racing calls, on replicas that share folder and key', async () => {
    const id = offered();
    await sent(id, 'hello', replica());
    const racing = await Promise.all(Array.from({ length: 20 }, () => replica().claim(id, ann)));
    expect(racing.filter((claim) => 'file' in claim)).toHaveLength(1);
  });

  it('is taken once of many at the same time', async () => {
    const id = offered();
    const racing = await Promise.all(
      ['one', 'two', 'three', 'four'].map((text) => reasonOf(sent(id, text, replica()))),
    );
    expect(racing.filter((reason) => reason === 'conflict')).toHaveLength(3);
    const { file } = await claimed(id);
    expect(['one', 'two', 'three', 'four']).toContain(Buffer.from(file.bytes).toString());
  });

  it('is refused to another caller, another site, and under another key', async () => {
    const id = offered();
    await sent(id, 'hello');
    const unknown = await uploads.claim('made.up', ann);
    expect(unknown).toHaveProperty('refused');
    expect(await uploads.claim(id, owner('bob'))).toEqual(unknown);
    expect(await uploads.claim(id, owner('ann', 'https://shop.example/other/'))).toEqual(unknown);
    expect(await replica(signingKeyOf(null)).claim(id, ann)).toEqual(unknown);
    expect(await uploads.claim(id, ann)).toHaveProperty('file');
  });

  it('is refused with any part of its ticket changed', async () => {
    const id = offered({ size: 5 });
    const larger = Buffer.from('999').toString();
    const parts = id.split('.');
    for (let i = 0; i < parts.length; i++) {
      const changed = parts.with(i, parts[i] === larger ? '1' : larger).join('.');
      expect(await reasonOf(sent(changed, 'hello'))).toBe('missing');
      expect(await uploads.claim(changed, ann)).toHaveProperty('refused');
    }
    expect(await readdir(dir).catch(() => [])).toEqual([]);
  });

  it('is over when it has expired, and swept later', async () => {
    const [early, late] = [offered(), offered({ name: 'b.txt' })];
    await sent(early, 'hello');
    now += (ticketSeconds + 1) * 1000;
    expect(await reasonOf(sent(late, 'hello'))).toBe('missing');
    expect(await uploads.claim(early, ann)).toMatchObject({
      refused: expect.stringContaining('expired'),
    });
    await writeFile(join(dir, 'not-ours.txt'), 'kept');
    now = Date.now() + 3 * ticketSeconds * 1000;
    await sent(offered({ name: 'c.txt' }), 'hello');
    const left = await readdir(dir);
    expect(left).toHaveLength(2);
    expect(left).toContain('not-ours.txt');
  });

  it('is cut at the limit of the operator and of its ticket, and leaves nothing behind', async () => {
    const large = 'x'.repeat(maxBytes + 1);
    expect(await reasonOf(sent(offered(), large))).toBe('too_large');
    expect(await reasonOf(uploads.receive(offered(), bodyOf(large), maxBytes + 1))).toBe(
      'too_large',
    );
    expect(await reasonOf(sent(offered({ size: 4 }), 'hello'))).toBe('too_large');
    expect(uploads.offer({ ...announced, size: maxBytes + 1 }, ann)).toHaveProperty('refused');
    expect(await readdir(dir)).toEqual([]);
  });

  it('is refused as another file than the one announced, and may be sent again', async () => {
    const sha256 = sha256Of(Buffer.from('hello'));
    const id = offered({ size: 5, sha256 });
    expect(await reasonOf(sent(id, 'hell'))).toBe('input');
    expect(await reasonOf(sent(id, 'hullo'))).toBe('input');
    expect(await readdir(dir)).toEqual([]);
    expect(await sent(id, 'hello')).toMatchObject({ sha256 });
  });

  it('leaves nothing behind when the connection breaks', async () => {
    const breaking = async function* () {
      yield Buffer.from('hel');
      throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
    };
    expect(await reasonOf(uploads.receive(offered(), breaking(), undefined))).toBe('cancelled');
    expect(await readdir(dir)).toEqual([]);
  });

  it('must be of a type that the operator takes, by its name and by what is said of it', async () => {
    for (const [name, mediaType] of [
      ['a.exe', 'text/plain'],
      ['README', 'text/plain'],
      ['a.txt', 'image/png'],
      ['a.png', 'text/plain'],
    ] as const)
      expect(uploads.offer({ name, mediaType }, ann), name).toHaveProperty('refused');
    expect(uploads.offer({ name: 'a.md', mediaType: 'text/x-notes' }, ann)).toHaveProperty('id');
  });

  it('lies in a file of our own, under a name that tells nothing', async () => {
    const id = offered();
    await sent(id, 'hello');
    const [name = ''] = await readdir(dir);
    expect(name).toMatch(/^[0-9a-f]{64}$/);
    expect(id).not.toContain(name);
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);
    const { spend } = await claimed(id);
    await spend();
    expect(await readFile(join(dir, name), 'utf8')).toBe('');
  });

  it('is not put into a folder that others can read', async () => {
    await sent(offered(), 'hello');
    await chmod(dir, 0o755);
    expect(await reasonOf(sent(offered({ name: 'b.txt' }), 'hello'))).toBe('config');
  });

  it('waits for others to be used when too many bytes wait already', async () => {
    await sent(offered(), 'hello');
    await writeFile(join(dir, 'f'.repeat(64)), Buffer.alloc(32 * maxBytes - 100));
    expect(await reasonOf(sent(offered({ name: 'b.txt' }), 'hello'))).toBe('too_large');
    expect(await sent(offered({ name: 'b.txt', size: 5 }), 'hello')).toMatchObject({ size: 5 });
  });
});
