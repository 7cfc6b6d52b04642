/** All that a run needs, started once: Django, the gateway over both upstreams, the limit. */

import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startShop } from '../../scripts/lib/shop.mjs';
import { logIn } from './login.mjs';
import { gatewayPath, post, rpc } from './peers.mjs';
import { startGateway, startLimit } from './programs.mjs';
import { openWire } from './wire.mjs';

/** Rows of the big table. */
const events = 100_000;

/** A process and all below it; gunicorn's workers do the work, not the process we started. */
const familyOf = (pid) => {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return [[Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])]];
      } catch {
        return []; // Ended while we looked.
      }
    });
  const below = (of) =>
    parents.flatMap(([child, parent]) => (parent === of ? [child, ...below(child)] : []));
  return [pid, ...below(pid)];
};

/** Writes the tool list as the gateway serves it, for the limit to serve the same bytes. */
const keepTools = async (gateway, session, folder) => {
  const wire = openWire(new URL(gateway.url).origin);
  const { text } = await wire.send(post(gatewayPath, session, rpc('tools/list')));
  await wire.close();
  const file = join(folder, 'tools.json');
  await writeFile(file, JSON.stringify(JSON.parse(text).result));
  return file;
};

/**
 * @param {object} [options]
 * @param {(line: string) => void} [options.log]
 */
export const startGround = async ({ log = () => undefined } = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'django-admin-mcp-api-bench-'));
  const shop = await startShop({
    django: '5.2',
    extras: ['mcp-reference'],
    events,
    server: 'gunicorn',
    workers: 2,
    env: { SHOP_CROWD: '10,30,100,300' },
    log,
  });
  /** @type {(() => Promise<unknown> | unknown)[]} */
  const endings = [() => rm(folder, { recursive: true, force: true }), shop.stop];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    if (!shop.extras.includes('mcp-reference'))
      throw new Error(`The Python MCP endpoint is missing: ${shop.missing[0]?.why}`);
    const session = await logIn(shop.adminUrl);
    const rest = await startGateway({ url: shop.adminUrl, upstream: 'rest' });
    endings.push(rest.stop);
    const stock = await startGateway({ url: shop.adminUrl, upstream: 'stock' });
    endings.push(stock.stop);
    const toolsFile = await keepTools(rest, session, folder);
    const limit = await startLimit({ tools: toolsFile, upstream: shop.url });
    endings.push(limit.stop);
    const wires = {
      django: openWire(shop.url),
      rest: openWire(new URL(rest.url).origin),
      stock: openWire(new URL(stock.url).origin),
      limit: openWire(new URL(limit.url).origin),
    };
    for (const wire of Object.values(wires)) endings.push(wire.close);
    return {
      shop,
      session,
      folder,
      gateways: { rest, stock },
      limit,
      wires,
      tools: JSON.parse(await readFile(toolsFile, 'utf8')),
      toolsFile,
      djangoPids: familyOf(shop.pid),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** @typedef {Awaited<ReturnType<typeof startGround>>} Ground */
