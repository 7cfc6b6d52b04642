import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSettings } from '../../src/config/load.ts';
import { gatewayOf } from '../../src/gateway.ts';
import { type Listening, listen } from '../../src/http/listen.ts';
import type { Gateway } from '../../src/library.ts';
import { silentLog } from '../../src/log.ts';
import { login } from '../../src/session/login.ts';
import { type LiveShop, password, startLive, stopLive } from '../live/support/live-shop.ts';
import { startBrowser } from './chromium.ts';

/** `SCREENSHOTS=folder` keeps pictures of the pages, for people to look at. */
const screenshots = process.env['SCREENSHOTS'];

describe('the landing page in a browser', () => {
  let live: LiveShop;
  let gateway: Gateway;
  let server: Listening;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    live = await startLive('5.2', { env: { SHOP_REST_API: '0' } });
    const settings = loadSettings({ file: { ADMIN_SITE: live.shop.adminUrl, PORT: 0 } });
    gateway = gatewayOf(settings, silentLog);
    server = await listen(gateway.fetch, settings);
    const { cookies } = await login(
      live.client,
      { username: 'clerk', password },
      AbortSignal.timeout(10_000),
    );
    browser = await startBrowser();
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
    await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: server.url })));
    page = await context.newPage();
    page.on('console', (message) => problems.push(message.text()));
    page.on('requestfailed', (request) => problems.push(request.url()));
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) problems.push(request.url());
    });
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
    await gateway.close();
    await stopLive(live);
  });

  const picture = async (name: string): Promise<void> => {
    if (screenshots !== undefined)
      await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true });
  };

  it('shows server, clients and tools, loads nothing else and breaks no policy', async () => {
    await page.goto(`${server.url}mcp/`);
    expect(await page.title()).toBe('django-admin: MCP');
    const text = await page.locator('main').textContent();
    expect(text).toContain(`${server.url}mcp/`);
    expect(text).toContain('Claude Code');
    expect(await page.locator('section[aria-labelledby=tools] > table > tbody > tr').count()).toBe(
      18,
    );
    await page.getByText('Cursor', { exact: true }).click();
    expect(await page.locator('details[open] pre').textContent()).toContain(`${server.url}mcp/`);
    await picture('landing-light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await picture('landing-dark');
    expect(problems).toEqual([]);
  });

  it("tries a tool that reads with the visitor's own session, by keyboard alone", async () => {
    await page.goto(`${server.url}mcp/`);
    await page.getByLabel('Tool that reads').focus();
    await page.getByLabel('Tool that reads').selectOption('admin_list');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('{"app_label": "catalog", "model_name": "tag", "page_size": 2}');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForLoadState();
    expect(await page.getByRole('status').textContent()).toContain('Answer: 200');
    expect(await page.locator('#try ~ pre').textContent()).toContain('"results"');
    const calls = page.locator('section[aria-labelledby=recent] tbody tr');
    expect(await calls.first().textContent()).toMatch(/list.*catalog\.tag.*done 200/s);
    await picture('landing-tried');
    expect(problems).toEqual([]);
  });

  it('offers and runs no tool that writes', async () => {
    const options = await page.getByLabel('Tool that reads').locator('option').allInnerTexts();
    expect(options).not.toContain('admin_destroy');
    await page.goto(`${server.url}mcp/?tool=admin_destroy&arguments={}`);
    expect(await page.getByRole('status').textContent()).toContain('Answer: 400');
  });

  it('shows strangers nothing', async () => {
    const stranger = await browser.newPage();
    const response = await stranger.goto(`${server.url}mcp/`);
    expect(response?.status()).toBe(401);
    await stranger.close();
  });
});
