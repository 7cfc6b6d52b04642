import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CallToolResult, Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { build } from 'esbuild';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LiveShop, password, startLive, stopLive } from '../live/support/live-shop.ts';
import { startBrowser } from './chromium.ts';

const program = join(import.meta.dirname, '../../dist/main.js');
const prefix = 'DJANGO_ADMIN_MCP_API_';

/** Of the view's own text. */
const twoLinesPx = 2 * 14 * 1.4;

/** `SCREENSHOTS=folder` keeps pictures of the pages, for people to look at. */
const screenshots = process.env['SCREENSHOTS'];

/** What a host must set for a page that names no domains; a page in `srcdoc` inherits it. */
const defaultPolicy =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'none'; frame-src 'self'";

const extension = {
  'io.modelcontextprotocol/ui': { mimeTypes: ['text/html;profile=mcp-app'] },
};

const clientOf = async (live: LiveShop, folder: string, extensions?: object): Promise<Client> => {
  const capabilities = extensions === undefined ? {} : { extensions };
  const client = new Client(
    { name: 'test', version: '1' },
    { capabilities: capabilities as object, versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [program, 'stdio', '--log-level', 'silent'],
      env: {
        PATH: process.env['PATH'] ?? '',
        [`${prefix}ADMIN_SITE`]: live.shop.adminUrl,
        [`${prefix}USERNAME`]: 'admin',
        [`${prefix}PASSWORD`]: password,
        [`${prefix}SESSION_DIR`]: folder,
      },
    }),
  );
  return client;
};

/** A page with the bridge in it, at an address of its own. */
const startHost = async (): Promise<Server> => {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'app-host.mjs')],
    bundle: true,
    write: false,
    format: 'iife',
  });
  const script = outputFiles[0]?.text ?? '';
  const server = createServer((request, response) => {
    const isScript = request.url === '/host.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.setHeader('content-security-policy', defaultPolicy);
    response.end(isScript ? script : '<!doctype html><body><script src="/host.js"></script>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

describe('the MCP Apps view, in the bridge of the extension', () => {
  let live: LiveShop;
  let folder: string;
  let client: Client;
  let host: Server;
  let browser: Browser;
  let page: Page;
  let calls: { name: string; arguments: Record<string, unknown> }[];
  let told: string[];
  const problems: string[] = [];

  beforeAll(async () => {
    live = await startLive('5.2', { env: { SHOP_REST_API: '0' } });
    folder = await mkdtemp(join(tmpdir(), 'apps-'));
    client = await clientOf(live, folder, extension);
    host = await startHost();
    browser = await startBrowser();
    page = await browser.newPage({ viewport: { width: 900, height: 700 } });
    const origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
    // The bridge tells of each message as a debug line.
    page.on('console', (message) => {
      if (message.type() !== 'debug') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    await page.exposeFunction('callTool', (params: (typeof calls)[number]) => {
      calls.push(params);
      return client.callTool(params);
    });
    await page.exposeFunction('tellModel', ({ content }: { content: { text: string }[] }) => {
      told.push(...content.map(({ text }) => text));
    });
    await page.goto(origin);
    page.on('request', (request) => problems.push(request.url()));
  });

  afterAll(async () => {
    await browser.close();
    host.close();
    await client.close();
    await stopLive(live);
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(() => {
    calls = [];
    told = [];
  });

  const pageOf = async (tool: string): Promise<string> => {
    const { tools } = await client.listTools();
    const meta = tools.find(({ name }) => name === tool)?._meta as
      | { ui: { resourceUri: string } }
      | undefined;
    const { contents } = await client.readResource({ uri: meta?.ui.resourceUri ?? '' });
    const [content] = contents;
    expect(content?.mimeType).toBe('text/html;profile=mcp-app');
    expect(content?._meta).toEqual({ ui: { csp: {}, prefersBorder: true } });
    return content !== undefined && 'text' in content ? content.text : '';
  };

  /** Calls a tool as the model does, and shows what comes of it. */
  const open = async (
    tool: string,
    given: Record<string, unknown>,
  ): Promise<{ frame: FrameLocator; result: CallToolResult }> => {
    const result = (await client.callTool({ name: tool, arguments: given })) as CallToolResult;
    const shown = { html: await pageOf(tool), given, result };
    await page.evaluate(
      (all) => (globalThis as never as { openApp: (all: unknown) => Promise<void> }).openApp(all),
      shown,
    );
    return { frame: page.frameLocator('iframe'), result };
  };

  const picture = async (name: string): Promise<void> => {
    if (screenshots !== undefined)
      await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
  };

  const product = { app_label: 'catalog', model_name: 'product' };
  const column = (frame: FrameLocator, at: number) =>
    frame.locator(`tbody tr td:nth-child(${at})`).allTextContents();

  it('is whole: it loads nothing, and its policy lets it load nothing', async () => {
    for (const tool of ['admin_list', 'admin_delete_preview']) {
      const html = await pageOf(tool);
      expect(html).toMatch(
        /content="default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'"/,
      );
      expect(html).not.toMatch(/https?:|\ssrc=|\shref=|@import|url\(|unsafe/);
      expect(html.length).toBeLessThan(12_000);
    }
  });

  it('shows a list that sorts, pages and searches by calling the tool again', async () => {
    const { frame } = await open('admin_list', { ...product, page_size: 5 });
    await frame.getByText(/^Page 1 of \d+$/).waitFor();
    expect(await frame.locator('tbody tr').count()).toBe(5);
    const heads = await frame.locator('th').allTextContents();
    const name = heads.findIndex((text) => /^sku$/i.test(text)) + 1;
    expect(name).toBeGreaterThan(0);
    await picture('app-list');

    const sort = frame.getByRole('button', { name: heads[name - 1] ?? '', exact: true });
    await sort.click();
    await frame.locator(`th:nth-child(${name})[aria-sort=ascending]`).waitFor();
    await expect.poll(() => calls.at(-1)?.arguments).toMatchObject({ ordering: 'sku' });
    const first = await column(frame, name);
    expect(first).toEqual(first.toSorted((a, b) => (a < b ? -1 : 1)));
    await frame.getByRole('button', { name: 'Next' }).click();
    await frame.getByText(/^Page 2 of/).waitFor();
    const second = await column(frame, name);
    expect(second.every((text) => text >= (first.at(-1) ?? ''))).toBe(true);
    expect(calls.at(-1)).toMatchObject({
      name: 'admin_list',
      arguments: { ...product, page_size: 5, page: 2, ordering: 'sku' },
    });

    await frame.getByRole('searchbox').fill(first[0] ?? '');
    await frame.getByRole('searchbox').press('Enter');
    await frame.getByText(/^Page 1 of/).waitFor();
    expect(await column(frame, name)).toContain(first[0]);
    expect(problems).toEqual([]);
  });

  it('scrolls a table of many columns, and breaks no word of it', async () => {
    const { frame } = await open('admin_list', { ...product, page_size: 5 });
    const table = await frame.locator('table').boundingBox();
    const room = await frame.locator('main').boundingBox();
    expect(table?.width).toBeGreaterThan(room?.width ?? 0);
    const [head] = await frame.locator('th').allTextContents();
    const cell = await frame.getByText(head ?? '', { exact: true }).boundingBox();
    expect(cell?.height).toBeLessThan(twoLinesPx);
  });

  it('says what the admin refused', async () => {
    const { frame } = await open('admin_list', { app_label: 'catalog', model_name: 'nothing' });
    await expect.poll(() => frame.getByRole('status').textContent()).toMatch(/not|no /i);
    expect(await frame.locator('table').count()).toBe(0);
  });

  it('shows markup in a record as text, and runs nothing of it', async () => {
    const name = '<img src=x onerror=parent.hacked=1>';
    const made = await client.callTool({
      name: 'admin_create',
      arguments: {
        app_label: 'catalog',
        model_name: 'tag',
        data: { name, slug: 'markup' },
      },
    });
    expect(made.isError).toBe(false);
    const { frame } = await open('admin_list', { app_label: 'catalog', model_name: 'tag' });
    await frame.getByText(name, { exact: true }).waitFor();
    expect(await frame.locator('img, tbody script').count()).toBe(0);
    const { pk } = made.structuredContent as { pk: string };
    const asked = await open('admin_destroy', { app_label: 'catalog', model_name: 'tag', pk });
    await asked.frame.getByRole('heading', { name: `Delete ${name}?`, exact: true }).waitFor();
    expect(await asked.frame.locator('img').count()).toBe(0);
    expect(await page.evaluate(() => 'hacked' in globalThis)).toBe(false);
    expect(problems).toEqual([]);
  });

  const order = { app_label: 'sales', model_name: 'order' };
  const countOf = async (pk: number): Promise<number> => {
    const { rows } = await live.inspector.ask({ model: 'sales.order', filter: { pk } });
    return (rows as unknown[]).length;
  };

  it('shows what a delete takes with it, and deletes when the person says so there', async () => {
    const { frame, result } = await open('admin_destroy', { ...order, pk: '20' });
    expect(result.isError).toBe(true);
    await frame.getByRole('cell', { name: /line/i }).first().waitFor();
    await picture('app-delete');
    expect(await countOf(20)).toBe(1);
    await frame.getByRole('button', { name: 'Delete all of this' }).click();
    await frame.getByRole('heading', { name: /^Deleted: / }).waitFor();
    expect(await countOf(20)).toBe(0);
    await expect.poll(() => told).toEqual([expect.stringContaining('agreed')]);
    expect(problems).toEqual([]);
  });

  it('deletes nothing when the person keeps it, and tells the model', async () => {
    const { frame } = await open('admin_destroy', { ...order, pk: '21' });
    await frame.getByRole('button', { name: 'Keep it' }).click();
    await frame.getByRole('heading', { name: 'Nothing was deleted.' }).waitFor();
    await expect.poll(() => told).toEqual([expect.stringContaining('said no')]);
    expect(calls).toEqual([]);
    expect(await countOf(21)).toBe(1);
  });

  it('shows what protects an object, and no button', async () => {
    const { frame } = await open('admin_destroy', { ...order, pk: '7' });
    await frame.getByRole('heading', { name: /cannot be deleted/ }).waitFor();
    expect(await frame.locator('li').allTextContents()).toEqual([
      expect.stringMatching(/invoice/i),
    ]);
    expect(await frame.getByRole('button').count()).toBe(0);
  });

  it('of a preview alone offers no delete', async () => {
    const { frame } = await open('admin_delete_preview', { ...order, pk: '21' });
    await frame.getByText('So far nothing is deleted.').waitFor();
    expect(await frame.getByRole('button').count()).toBe(0);
  });

  it('adds nothing to what tools answer: text serves clients without the extension', async () => {
    const plain = await clientOf(live, folder);
    const call = { name: 'admin_list', arguments: { ...product, page_size: 5 } };
    const [withView, without] = await Promise.all([client.callTool(call), plain.callTool(call)]);
    expect(without.content).toEqual(withView.content);
    const [text] = without.content as { text: string }[];
    expect(JSON.parse(text?.text ?? '')).toEqual(without.structuredContent);
    await plain.close();
  });
});
