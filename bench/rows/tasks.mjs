/**
 * Whole tasks, as an agent that makes no mistake would do them: with the gateway's tools, and in
 * a browser with those of @playwright/mcp. Counted is the time of the tools, not that of a model.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '../../scripts/lib/programs.mjs';
import { countedTools } from '../lib/counted.mjs';
import { program } from '../lib/programs.mjs';
import { rowOf } from '../lib/row.mjs';
import { median, spread } from '../lib/statistics.mjs';
import { startStdio } from '../lib/stdio-client.mjs';
import { tokensIn } from '../lib/tokens.mjs';
import { installTools } from '../lib/tools-folder.mjs';

const product = { app_label: 'catalog', model_name: 'product' };
const order = { app_label: 'sales', model_name: 'order' };

const expect = (holds, what, text) => {
  if (!holds) throw new Error(`${what}:\n${text.slice(0, 2_000)}`);
};

/** The tasks with the gateway's tools; `n` is the number of the round, for data of its own. */
const withTools = {
  'find a record': async ({ call }) => {
    await call('admin_registry', {});
    const found = await call('admin_list', { ...product, search: 'Oak desk' });
    expect(found.includes('Oak desk'), 'the record was not found', found);
  },
  'change a field': async ({ call }, n) => {
    await call('admin_retrieve', { ...product, pk: '4', fields: ['name', 'stock'] });
    const saved = await call('admin_update', { ...product, pk: '4', data: { stock: 100 + n } });
    expect(saved.includes(String(100 + n)), 'the field was not changed', saved);
  },
  'delete with what cascades': async ({ call }, n) => {
    const pk = String(20 + n);
    await call('admin_delete_preview', { ...order, pk });
    const asked = await call('admin_destroy', { ...order, pk });
    const token = /"confirm_token":"([^"]+)"/.exec(asked)?.[1];
    expect(token !== undefined, 'nobody asked before a delete', asked);
    const done = await call('admin_destroy', { ...order, pk, confirm_token: token });
    expect(!done.includes('"error"'), 'the delete was refused', done);
  },
  'run an action': async ({ call }) => {
    await call('admin_list', { ...product, search: 'lamp' });
    const done = await call('admin_action', {
      ...product,
      action_name: 'activate',
      pks: ['4', '6'],
    });
    expect(!done.includes('"error"'), 'the action was refused', done);
  },
};

/** The hands of an agent in a browser: it looks at a page before it touches anything on it. */
const handsOf = ({ call }) => {
  const see = () => call('browser_snapshot', {});
  const refOf = (page, pattern) => {
    const line = page.split('\n').find((each) => pattern.test(each));
    const ref = /\[ref=(\w+)\]/.exec(line ?? '')?.[1];
    expect(ref !== undefined, `nothing on the page is like ${pattern}`, page);
    return ref;
  };
  return {
    open: (url) => call('browser_navigate', { url }),
    see,
    click: async (page, pattern) => call('browser_click', { target: refOf(page, pattern) }),
    type: (page, pattern, text, submit = false) =>
      call('browser_type', { target: refOf(page, pattern), text, submit }),
    choose: (page, pattern, value) =>
      call('browser_select_option', { target: refOf(page, pattern), values: [value] }),
  };
};

/** The same in the admin's own pages. */
const inBrowser = {
  'find a record': async (hands, adminUrl) => {
    await hands.open(adminUrl);
    await hands.click(await hands.see(), /link "Products"/);
    await hands.type(await hands.see(), /(?:searchbox|textbox)/, 'Oak desk', true);
    const found = await hands.see();
    expect(found.includes('Oak desk'), 'the record was not found', found);
  },
  'change a field': async (hands, adminUrl, n) => {
    await hands.open(`${adminUrl}catalog/product/4/change/`);
    const form = await hands.see();
    await hands.type(form, /spinbutton "Stock/, String(100 + n));
    await hands.click(form, /button "Save"/);
    const saved = await hands.see();
    expect(/was changed successfully/.test(saved), 'the field was not changed', saved);
  },
  'delete with what cascades': async (hands, adminUrl, n) => {
    await hands.open(`${adminUrl}sales/order/${40 + n}/change/`);
    await hands.click(await hands.see(), /link "Delete"/);
    await hands.click(await hands.see(), /button "Yes, I/);
    const done = await hands.see();
    expect(/was deleted successfully/.test(done), 'the delete was refused', done);
  },
  'run an action': async (hands, adminUrl) => {
    await hands.open(`${adminUrl}catalog/product/?q=lamp`);
    const list = await hands.see();
    const boxes = list.split('\n').filter((line) => /checkbox "Select this object/.test(line));
    expect(boxes.length >= 2, 'there are no rows to select', list);
    for (const box of boxes.slice(0, 2)) await hands.click(box, /checkbox/);
    await hands.choose(list, /combobox "Action/, 'activate');
    await hands.click(list, /button "(?:Run|Go)/);
    const done = await hands.see();
    expect(/activated|alert|list/.test(done), 'the action was refused', done);
  },
};

/** A logged-in browser's cookies, as Playwright keeps them. */
const stateOf = ({ cookie }) => ({
  origins: [],
  cookies: cookie.split('; ').map((pair) => {
    const [name = '', value = ''] = pair.split('=');
    return {
      ...{ name, value, domain: '127.0.0.1', path: '/', expires: -1 },
      ...{ httpOnly: false, secure: false, sameSite: 'Lax' },
    };
  }),
});

const startBrowser = async ({ folder, session }) => {
  const { '@playwright/mcp': playwright } = await installTools();
  const state = join(folder, 'browser.json');
  await writeFile(state, JSON.stringify(stateOf(session)));
  const flags = ['--headless', '--no-sandbox', '--isolated'];
  return {
    version: playwright.version,
    client: await startStdio(
      process.execPath,
      [
        join(playwright.folder, 'cli.js'),
        ...flags,
        ...['--storage-state', state, '--executable-path', chromium ?? ''],
        ...['--output-dir', join(folder, 'browser')],
      ],
      { cwd: folder },
    ),
  };
};

/** @param {import('../lib/ground.mjs').Ground} ground @param {{ quick: boolean }} options */
export const tasks = async (ground, { quick }) => {
  const { shop, session, tools } = ground;
  if (chromium === undefined)
    return [
      rowOf({ what: 'tasks in a browser', figure: 'not measured', note: 'no Chromium here' }),
    ];
  const stdio = await startStdio(
    process.execPath,
    [program, 'stdio', '--url', shop.adminUrl, '--log-level', 'silent'],
    { env: { DJANGO_ADMIN_MCP_API_COOKIE: session.cookie } },
  );
  const browser = await startBrowser(ground);
  try {
    const listed = await browser.client.request('tools/list', {});
    const ours = countedTools(stdio);
    const theirs = countedTools(browser.client);
    const hands = handsOf(theirs);
    // Both pay for their first page once, and are not asked about it.
    await ours.call('admin_registry', {});
    await hands.open(shop.adminUrl);
    await ours.take();
    await theirs.take();
    const rows = [];
    for (const what of Object.keys(withTools)) {
      const runs = { ours: [], theirs: [] };
      for (let n = 0; n < (quick ? 1 : 5); n += 1) {
        await withTools[what](ours, n);
        runs.ours.push(await ours.take());
        await inBrowser[what](hands, shop.adminUrl, n);
        runs.theirs.push(await theirs.take());
      }
      const all = (who, key) => runs[who].map((run) => run[key]);
      const timeRatio = median(all('theirs', 'ms')) / median(all('ours', 'ms'));
      const tokenRatio = median(all('ours', 'tokens')) / median(all('theirs', 'tokens'));
      rows.push(
        rowOf({
          what: `task: ${what}, times as fast`,
          figure: spread(all('ours', 'ms'), 'ms'),
          against: `@playwright/mcp ${browser.version}`,
          other: spread(all('theirs', 'ms'), 'ms'),
          ratio: timeRatio,
          atLeast: 10,
          headline: what === 'find a record' || what === 'change a field',
          note: `${median(all('ours', 'calls'))} calls, ${median(all('theirs', 'calls'))} in the browser`,
        }),
        rowOf({
          what: `task: ${what}, tokens`,
          figure: `${median(all('ours', 'tokens'))}`,
          against: `@playwright/mcp ${browser.version}`,
          other: `${median(all('theirs', 'tokens'))}`,
          ratio: tokenRatio,
          atMost: 0.1,
          headline: what === 'change a field',
        }),
      );
    }
    const lists = await Promise.all([tools, listed].map((list) => tokensIn(JSON.stringify(list))));
    return [
      ...rows,
      rowOf({
        what: 'task: tokens of tools/list, once a conversation',
        figure: `${lists[0]}`,
        against: `@playwright/mcp ${browser.version}`,
        other: `${lists[1]}`,
        ratio: lists[0] / lists[1],
      }),
    ];
  } finally {
    await stdio.stop();
    await browser.client.stop();
  }
};
