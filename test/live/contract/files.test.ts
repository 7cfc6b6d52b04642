import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  Client as ClientV2,
  StreamableHTTPClientTransport as HttpV2,
} from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import { type Listening, listen } from '../../../src/http/listen.ts';
import type { Gateway } from '../../../src/library.ts';
import type { Log } from '../../../src/log.ts';
import { sha256Of } from '../../../src/operations/file-value.ts';
import type { JsonObject } from '../../../src/operations/json.ts';
import { at, list } from '../stock/stock-shop.ts';
import { program } from '../support/built.ts';
import {
  describeShops,
  type LiveShop,
  oneSeries,
  password,
  type UserName,
} from '../support/live-shop.ts';
import { sessionHeadersOf } from '../support/session.ts';

const maxUploadBytes = 64 * 1024;
const info = { name: 'test', version: '1' };

type AnyClient = Pick<ClientV2, 'callTool' | 'close'>;

interface Called {
  readonly isError: boolean;
  readonly body: JsonObject;
  readonly blocks: JsonObject[];
}

const call = async (client: AnyClient, name: string, args: object): Promise<Called> => {
  const result = await client.callTool({ name: `admin_${name}`, arguments: { ...args } });
  const [first, ...blocks] = result.content as { text?: string }[];
  const body = JSON.parse(first?.text ?? '') as JsonObject;
  if (result.isError !== true) expect(result.structuredContent).toEqual(body);
  return { isError: result.isError === true, body, blocks: blocks as JsonObject[] };
};

const product = { app_label: 'catalog', model_name: 'product' };
const campaign = { app_label: 'sales', model_name: 'campaign', pk: '1' };
const text = 'Assembly: see page 2.\n';
const textFacts = { size: text.length, sha256: sha256Of(Buffer.from(text)) };

const setManual = (client: AnyClient, pk: string, file: object, more = {}) =>
  call(client, 'update', { ...product, pk, data: { manual: { file } }, ...more });

await describeShops(
  'files',
  { env: { SHOP_REST_API: '1' }, extras: ['rest-api'] },
  (live) => {
    /** What Django stored, as it serves it itself. */
    const stored = async (pk: string): Promise<string> => {
      const { rows } = await live().inspector.ask({
        model: 'catalog.product',
        filter: { pk },
        fields: ['manual'],
      });
      const path = String(at(rows, 0, 'manual'));
      const response = await fetch(new URL(`/media/${path}`, live().shop.adminUrl));
      return path === '' ? '' : response.text();
    };

    let folder: string;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'files-'));
      await mkdir(join(folder, 'root'));
      await writeFile(join(folder, 'root', 'manual.txt'), text);
      await writeFile(join(folder, 'secret.txt'), 'secret');
    });

    afterAll(async () => {
      await rm(folder, { recursive: true });
    });

    describe.each(['SDK 1.x', 'client 2.x'])('over stdio, %s', (generation) => {
      let client: AnyClient;
      const downloads = () => join(folder, `downloads ${generation}`);

      const connect = async (...flags: string[]): Promise<AnyClient> => {
        const options = {
          command: process.execPath,
          args: [program, 'stdio', '--log-level', 'silent', ...flags],
          env: {
            PATH: process.env['PATH'] ?? '',
            DJANGO_ADMIN_MCP_API_ADMIN_SITE: live().shop.adminUrl,
            DJANGO_ADMIN_MCP_API_USERNAME: 'admin',
            DJANGO_ADMIN_MCP_API_PASSWORD: password,
            DJANGO_ADMIN_MCP_API_SESSION_DIR: join(folder, 'sessions'),
          },
        };
        if (generation === 'SDK 1.x') {
          const old = new ClientV1(info);
          await old.connect(new StdioV1(options));
          return old as unknown as AnyClient;
        }
        const current = new ClientV2(info, { versionNegotiation: { mode: 'auto' } });
        await current.connect(new StdioV2(options));
        return current;
      };

      beforeAll(async () => {
        client = await connect('--upload-root', join(folder, 'root'));
      });

      afterAll(() => client.close());

      it('writes a file by its path, and tells what it was', async () => {
        const plan = await setManual(client, '8', { path: 'manual.txt' }, { dry_run: true });
        expect(plan.body).toMatchObject({ dry_run: true });
        const { body } = await setManual(client, '8', { path: 'manual.txt' });
        expect(body['files']).toEqual([{ field: 'manual', name: 'manual.txt', ...textFacts }]);
        expect(await stored('8')).toBe(text);
      });

      it('writes none from outside, and none whose content is damaged', async () => {
        const before = await stored('44');
        for (const file of [
          { path: '../secret.txt' },
          { path: join(folder, 'secret.txt') },
          { path: 'manual.txt', sha256: 'a'.repeat(64) },
          { name: 'a.txt', content_base64: 'aGk' },
          { name: 'a.txt' },
          { upload: 'x' },
        ]) {
          const { isError, body } = await setManual(client, '44', file);
          expect(isError, JSON.stringify(file)).toBe(true);
          expect(list(body, 'error', 'fields', 'manual')).toHaveLength(1);
          expect(JSON.stringify(body)).not.toContain('"secret"');
        }
        expect(await stored('44')).toBe(before);
      });

      it('takes what only looks like a file for the JSON that it is', async () => {
        const terms = { file: { path: 'manual.txt' } };
        const pricelist = { app_label: 'sales', model_name: 'pricelist', pk: '2' };
        await call(client, 'update', { ...pricelist, data: { terms } });
        const filter = { pk: 2 };
        const { rows } = await live().inspector.ask({ model: 'sales.pricelist', filter });
        expect(at(rows, 0, 'terms')).toEqual(terms);
      });

      it('shows a text in its charset, and hands over anything else as a resource', async () => {
        const figures = await call(client, 'panel', { ...campaign, panel_name: 'figures' });
        expect(figures.body['file']).toMatchObject({
          name: 'figures.csv',
          charset: 'windows-1252',
          text: 'Straße;Kosten\nLindenstraße;12 €\n',
        });
        const poster = await call(client, 'panel', { ...campaign, panel_name: 'poster' });
        const uri = 'admin-file:///poster.png';
        expect(poster.body['file']).toMatchObject({ name: 'poster.png', resource: uri });
        expect(poster.blocks).toMatchObject([
          { type: 'resource', resource: { uri, mimeType: 'image/png' } },
        ]);
        const bytes = Buffer.from(String(at(poster.blocks, 0, 'resource', 'blob')), 'base64');
        expect(at(poster.body, 'file', 'sha256')).toBe(sha256Of(bytes));
        const archive = await call(client, 'panel', { ...campaign, panel_name: 'archive' });
        expect(archive.body['file']).toMatchObject({
          size: 300 * 1024,
          error: { code: 'too_large', hint: expect.stringContaining('--download-dir') },
        });
        expect(archive.blocks).toEqual([]);
      });

      it('puts what the admin sends into the folder for it, and never over another file', async () => {
        const saving = await connect('--download-dir', downloads());
        const csv = { ...product, action_name: 'export_csv', pks: ['1', '2'] };
        const paths: string[] = [];
        for (let i = 0; i < 2; i++) {
          const { body } = await call(saving, 'action', csv);
          const path = String(at(body, 'file', 'saved_to'));
          const bytes = await readFile(path);
          expect(body['file']).toEqual({
            name: 'products.csv',
            media_type: 'text/csv',
            size: bytes.byteLength,
            sha256: sha256Of(bytes),
            saved_to: path,
          });
          expect((await stat(path)).mode & 0o777).toBe(0o600);
          paths.push(path);
        }
        await call(saving, 'panel', { ...campaign, panel_name: 'poster' });
        const refused = await setManual(saving, '44', { path: 'manual.txt' });
        await saving.close();
        expect(paths).toEqual(
          ['products.csv', 'products-2.csv'].map((name) => join(downloads(), name)),
        );
        expect((await readdir(downloads())).toSorted()).toEqual([
          'poster.png',
          'products-2.csv',
          'products.csv',
        ]);
        expect(at(refused.body, 'error', 'fields', 'manual', 0)).toContain('--upload-root');
      });
    });

    describe('over HTTP', () => {
      const running: { readonly gateway: Gateway; readonly server: Listening }[] = [];
      const logged: unknown[] = [];
      const headersOf = new Map<UserName, Record<string, string>>();
      const uploadDir = () => join(folder, 'uploads');

      const start = async (more: object = {}): Promise<Listening> => {
        const note = (...line: readonly unknown[]) => void logged.push(line);
        const log: Log = { debug: note, info: note, warn: note, error: note };
        const settings = loadSettings({
          file: {
            ADMIN_SITE: live().shop.adminUrl,
            PORT: 0,
            UPLOAD_ROOT: join(folder, 'root'),
            UPLOAD_DIR: uploadDir(),
            SIGNING_KEY: 'k'.repeat(32),
            MAX_UPLOAD_BYTES: maxUploadBytes,
            ...more,
          },
        });
        const gateway = gatewayOf(settings, log);
        const server = await listen(gateway.fetch, settings);
        running.push({ gateway, server });
        return server;
      };

      const connect = async (
        { url }: Listening,
        user: UserName = 'admin',
        generation = 'client 2.x',
      ): Promise<AnyClient> => {
        const options = { requestInit: { headers: headersOf.get(user) ?? {} } };
        if (generation === 'SDK 1.x') {
          const old = new ClientV1(info);
          await old.connect(new HttpV1(new URL(`${url}mcp/`), options) as never);
          return old as unknown as AnyClient;
        }
        const current = new ClientV2(info, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
        await current.connect(new HttpV2(new URL(`${url}mcp/`), options));
        return current;
      };

      let replicas: readonly [Listening, Listening];
      let client: AnyClient;

      const signIn = async ({ client: django }: LiveShop, user: UserName) => {
        headersOf.set(user, { ...(await sessionHeadersOf({ client: django }, user)) });
      };

      beforeAll(async () => {
        for (const user of ['admin', 'clerk'] as const) await signIn(live(), user);
        replicas = [await start(), await start()];
        client = await connect(replicas[0]);
      });

      afterAll(async () => {
        for (const { gateway, server } of running) {
          await server.close();
          await gateway.close();
        }
      });

      /** The upload that a write asks for, by the first replica. */
      const asked = async (file: object, through = client) => {
        const { isError, body } = await setManual(through, '36', file);
        expect(isError).toBe(true);
        expect(body).toMatchObject({ status: 428, error: { code: 'upload_required' } });
        const upload = at(body, 'uploads', 0, 'upload') as JsonObject;
        return { id: String(upload['id']), url: String(upload['url']), upload };
      };

      const put = async (url: string, body: string) => {
        const response = await fetch(url, { method: 'PUT', body });
        return { status: response.status, body: (await response.json()) as JsonObject };
      };

      it.each(['SDK 1.x', 'client 2.x'])(
        'a file is sent beside the call, with curl, and used by another replica (%s)',
        async (generation) => {
          const own = await connect(replicas[1], 'admin', generation);
          const { id, url, upload } = await asked({ name: 'manual.txt' });
          expect(upload).toMatchObject({ method: 'PUT', max_bytes: maxUploadBytes });
          expect(url.startsWith(`${replicas[0].url}mcp/uploads/`)).toBe(true);
          const path = join(folder, 'root', 'manual.txt');
          const { stdout } = await promisify(execFile)('curl', ['-sS', '-T', path, url]);
          expect(JSON.parse(stdout)).toEqual({ upload: id, name: 'manual.txt', ...textFacts });

          const planned = await setManual(own, '28', { upload: id }, { dry_run: true });
          expect(planned.isError).toBe(false);
          const { body } = await setManual(own, '28', { upload: id });
          expect(body['files']).toEqual([{ field: 'manual', name: 'manual.txt', ...textFacts }]);
          expect(await stored('28')).toBe(text);

          const again = await setManual(own, '32', { upload: id });
          expect(at(again.body, 'error', 'fields', 'manual', 0)).toContain('used already');
          expect((await put(url, text)).status).toBe(409);
          await own.close();
        },
      );

      it('an upload survives a write that the admin refused, and goes to one of racing calls', async () => {
        const { id, url } = await asked({ name: 'manual.txt', ...textFacts });
        expect((await put(url, text)).status).toBe(201);
        const bad = await call(client, 'update', {
          ...product,
          pk: '36',
          data: { manual: { file: { upload: id } }, price: '-1' },
        });
        expect(bad).toMatchObject({ isError: true, body: { status: 400 } });
        const other = await connect(replicas[1]);
        const racing = await Promise.all(
          [client, other, client, other].map((through, i) =>
            setManual(through, String(12 + 4 * i), { upload: id }),
          ),
        );
        await other.close();
        expect(racing.filter(({ isError }) => !isError)).toHaveLength(1);
        const written = await Promise.all(['12', '16', '20', '24'].map(stored));
        expect(written.filter((content) => content === text)).toHaveLength(1);
      });

      it('an upload is of no use to another caller', async () => {
        const { id, url } = await asked({ name: 'manual.txt' });
        await put(url, text);
        const clerk = await connect(replicas[0], 'clerk');
        const stolen = await setManual(clerk, '36', { upload: id });
        await clerk.close();
        expect(at(stolen.body, 'error', 'fields', 'manual', 0)).toContain('no upload of yours');
        expect((await setManual(client, '36', { upload: id })).isError).toBe(false);
      });

      it('what is sent must be what was announced, and no larger than the limit', async () => {
        const before = await readdir(uploadDir());
        const { url } = await asked({ name: 'manual.txt', ...textFacts });
        expect(await put(url, text.replace('2', '3'))).toMatchObject({ status: 400 });
        expect(await put(url, text.slice(1))).toMatchObject({ status: 400 });
        expect(await put(url, `${text}!`)).toMatchObject({ status: 413 });
        const large = await asked({ name: 'large.bin' });
        const stream = new Blob([Buffer.alloc(maxUploadBytes + 1)]).stream();
        const chunked = { method: 'PUT', body: stream, duplex: 'half' } as RequestInit;
        expect((await fetch(large.url, chunked)).status).toBe(413);
        expect((await put(`${url}x`, text)).status).toBe(404);
        const moved = await fetch(url, {
          method: 'PUT',
          body: text,
          headers: { origin: 'http://evil.example' },
        });
        expect(moved.status).toBe(403);
        expect(await readdir(uploadDir())).toEqual(before);
        const { body } = await setManual(client, '36', { name: 'x', size: maxUploadBytes + 1 });
        expect(at(body, 'error', 'fields', 'manual', 0)).toContain(String(maxUploadBytes));
      });

      it('asks for all files of a call at once, those of inline rows too, and names other errors', async () => {
        const order = { app_label: 'sales', model_name: 'order', pk: '2' };
        const shipment = (proof: object) => ({
          ...order,
          data: {
            inlines: {
              shipments: [{ carrier: 'DHL', tracking: 'T-FILES', proof: { file: proof } }],
            },
          },
        });
        const { body } = await call(client, 'update', shipment({ name: 'proof.txt' }));
        expect(body).toMatchObject({ status: 428, uploads: [{ field: 'shipments[0].proof' }] });
        const { id, url } = at(body, 'uploads', 0, 'upload') as { id: string; url: string };
        await put(url, text);
        const saved = await call(client, 'update', shipment({ upload: id }));
        expect(saved.body['files']).toEqual([
          { field: 'shipments[0].proof', name: 'proof.txt', ...textFacts },
        ]);
        const typo = await call(client, 'update', {
          ...product,
          pk: '36',
          data: { manual: { file: { name: 'a.txt' } }, prise: 1 },
        });
        expect(typo.body).toMatchObject({
          status: 428,
          error: { fields: { prise: [expect.stringContaining('price')] } },
        });
      });

      it('gives a ticket to clients that ask for one beforehand, behind the gate', async () => {
        const ask = (headers: Record<string, string>, body: object) =>
          fetch(`${replicas[0].url}mcp/uploads/`, {
            method: 'POST',
            headers,
            body: JSON.stringify(body),
          });
        const admin = headersOf.get('admin') ?? {};
        expect((await ask({}, { name: 'a.txt' })).status).toBe(401);
        const { cookie = '' } = admin;
        expect((await ask({ cookie }, { name: 'a.txt' })).status).toBe(403);
        expect((await ask(admin, { name: '../a.txt' })).status).toBe(400);
        const response = await ask(admin, { name: 'a.txt', ...textFacts });
        expect(response.status).toBe(201);
        const { id, url } = (await response.json()) as { id: string; url: string };
        expect(await put(url, text)).toMatchObject({ status: 201 });
        expect((await setManual(client, '36', { upload: id })).isError).toBe(false);
        expect(await stored('36')).toBe(text);
      });

      it('paths are refused, whatever UPLOAD_ROOT says, and small content is taken', async () => {
        const path = await setManual(client, '40', { path: join(folder, 'root', 'manual.txt') });
        expect(path.isError).toBe(true);
        expect(await stored('40')).toBe('');
        const content_base64 = Buffer.from(text).toString('base64');
        const small = await setManual(client, '40', { name: 'manual.txt', content_base64 });
        expect(small.body['files']).toEqual([
          { field: 'manual', name: 'manual.txt', ...textFacts },
        ]);
        expect(await stored('40')).toBe(text);
      });

      it('without a folder for uploads it says what the operator has to do, and types are kept', async () => {
        const bare = await connect(await start({ UPLOAD_DIR: null, UPLOAD_TYPES: ['image/*'] }));
        const content_base64 = Buffer.from(text).toString('base64');
        const announced = await setManual(bare, '36', { name: 'a.png' });
        expect(at(announced.body, 'error', 'fields', 'manual', 0)).toContain('--upload-dir');
        const typed = await setManual(bare, '36', { name: 'a.txt', content_base64 });
        expect(at(typed.body, 'error', 'fields', 'manual', 0)).toContain('image/*');
        await bare.close();
      });

      it('over rest, files are refused with the way out, and nothing is used up', async () => {
        const { id, url } = await asked({ name: 'manual.txt' });
        await put(url, text);
        const rest = await connect(await start({ UPSTREAM: 'rest' }));
        const refused = await setManual(rest, '36', { upload: id });
        expect(JSON.stringify(refused.body)).toContain('--upstream stock');
        expect(refused.isError).toBe(true);
        await rest.close();
        expect((await setManual(client, '36', { upload: id })).isError).toBe(false);
      });

      it('no ticket is in the log', async () => {
        const { url } = await asked({ name: 'manual.txt' });
        const headers = { origin: 'http://evil.example' };
        await fetch(url, { method: 'PUT', body: text, headers });
        await put(url, 'x'.repeat(maxUploadBytes + 1));
        expect(JSON.stringify(logged)).toContain('/mcp/uploads/');
        expect(JSON.stringify(logged)).not.toContain(url.slice(-40));
      });
    });
  },
  oneSeries,
);
