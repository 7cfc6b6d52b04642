import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname, join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { fileOf, newerNode } from '../clients/install.ts';
import { chromium as browserFile } from '../lib/programs.mjs';
import { run } from '../lib/run.mjs';
import { adminUrl, type Ground } from './ground.ts';

const size = { width: 1280, height: 600 };
const startTimeoutMs = 30_000;
/** For a font or a fade that no event tells of. */
const settleMs = 1_500;

const startInspector = async (file: string, { home, env }: Ground) => {
  const launcher = fileOf('@modelcontextprotocol/inspector', 'clients/launcher/build/index.js');
  const child: ChildProcess = spawn(newerNode, [launcher, '--web', '--config', file], {
    cwd: home,
    env: {
      ...env,
      PATH: [dirname(newerNode), env['PATH'] ?? ''].join(delimiter),
      MCP_INSPECTOR_SECRET_STORE: 'memory',
      MCP_AUTO_OPEN_ENABLED: 'false',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const signal = AbortSignal.timeout(startTimeoutMs);
  let said = '';
  try {
    for (;;) {
      const url = /http:\S+API_TOKEN=\w+/.exec(said)?.[0];
      if (url !== undefined) return { url, stop };
      const [part] = child.stdout === null ? [] : await once(child.stdout, 'data', { signal });
      said += String(part);
    }
  } catch (error) {
    await stop();
    throw new Error(`MCP Inspector did not start: ${said}`, { cause: error });
  }
};

/** Connects, and calls `admin_list` as one would who tries a tool there. */
const openList = async (page: Page): Promise<void> => {
  await page.getByLabel(/^Connect or disconnect/).click({ force: true });
  await page.getByText('Apps', { exact: true }).click();
  await page.getByLabel('Close monitoring sidebar').click();
  await page.getByText('List objects').first().click();
  await page.getByLabel('app_label').first().fill('catalog');
  await page.getByLabel('model_name').first().fill('product');
  await page.getByLabel('search').first().fill('stool');
  const fields = ['name', 'sku', 'status', 'price', 'stock', 'released_on'];
  await page.locator('textarea[aria-label^="fields"]').fill(JSON.stringify(fields));
  await page.getByText('Open App').click();
  const view = page.frameLocator('iframe').frameLocator('iframe');
  await view.getByText('Walnut stool').waitFor();
  await page.waitForTimeout(settleMs);
};

/** The MCP Apps view as MCP Inspector shows it, from the file that `setup cursor` wrote. */
export const photographAppsView = async (ground: Ground, path: string): Promise<void> => {
  const program = join(ground.bin, 'django-admin-mcp-api');
  const setup = await run(program, ['setup', 'cursor', '--url', adminUrl], {
    cwd: ground.home,
    env: ground.env,
  });
  if (!setup.ok) throw new Error(`setup cursor: ${setup.failure}`);
  const inspector = await startInspector(join(ground.home, '.cursor', 'mcp.json'), ground);
  try {
    const browser = await chromium.launch({
      ...(browserFile === undefined ? {} : { executablePath: browserFile }),
      // Only our own pages are opened, and a container's root has no sandbox.
      args: ['--no-sandbox', '--disable-gpu'],
    });
    try {
      const page = await browser.newPage({ viewport: size });
      await page.goto(inspector.url);
      await openList(page);
      await page.screenshot({ path });
    } finally {
      await browser.close();
    }
  } finally {
    await inspector.stop();
  }
};
