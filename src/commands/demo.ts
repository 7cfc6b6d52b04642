import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadSettings } from '../config/load.ts';
import type { Settings } from '../config/options.ts';
import { clientOf } from '../connect.ts';
import { runTour } from '../demo/run-tour.ts';
import { gatewayOf } from '../gateway.ts';
import { listen } from '../http/listen.ts';
import { silentLog } from '../log.ts';
import { packageRoot } from '../package-root.ts';
import { login } from '../session/login.ts';
import type { RunCommand } from './program.ts';
import { interruptSignal } from './signal.ts';

/** The superuser of the example shop, which holds made-up data only. */
const user = { username: 'admin', password: 'shop-demo-pass' };

type Shop = typeof import('../../scripts/lib/shop.mjs');

const startShop = async (django: string, rest: boolean) => {
  const path = join(packageRoot(), 'scripts', 'lib', 'shop.mjs');
  const shop = (await import(pathToFileURL(path).href)) as Shop;
  return shop.startShop({
    django: django as Parameters<Shop['startShop']>[0]['django'],
    extras: rest ? ['rest-api'] : [],
    env: { SHOP_REST_API: rest ? '1' : '0' },
  });
};

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const clientConfig = (settings: Settings): string =>
  JSON.stringify(
    {
      mcpServers: {
        shop: {
          command: process.execPath,
          args: [
            join(packageRoot(), 'dist', 'main.js'),
            'stdio',
            '--url',
            settings.ADMIN_SITE,
            '--upstream',
            settings.UPSTREAM,
          ],
          env: {
            DJANGO_ADMIN_MCP_API_USERNAME: user.username,
            DJANGO_ADMIN_MCP_API_PASSWORD: user.password,
          },
        },
      },
    },
    null,
    2,
  );

/**
 * Starts the example shop on a real Django and a gateway in front of it, calls all 18 tools
 * through the official MCP client, and stays up until Ctrl+C. Exit code 1 when a tool failed.
 */
export const demo: RunCommand = async (flags) => {
  const rest = flags['upstream'] === 'rest';
  const signal = interruptSignal();
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve());
    process.once('SIGTERM', resolve);
  });
  const shop = await startShop(String(flags['django']), rest);
  const settings = loadSettings({
    file: { ADMIN_SITE: shop.adminUrl, UPSTREAM: rest ? 'rest' : 'stock', PORT: 0 },
  });
  const gateway = gatewayOf(settings, silentLog);
  const server = await listen(gateway.fetch, settings);
  try {
    print(`Django ${shop.django} at ${shop.adminUrl}${shop.note === '' ? '' : ` (${shop.note})`}`);
    print(`MCP at ${server.url}mcp/, upstream ${settings.UPSTREAM}\n`);
    const client = clientOf(settings);
    const { cookies } = await login(client, user, signal);
    await client.close();
    const { answered, failed } = await runTour(
      `${server.url}mcp/`,
      new Map(cookies.map(({ name, value }) => [name, value])),
      print,
    );
    print(`\n${answered} tools answered, ${failed} failed`);
    if (flags['once'] !== true) {
      print(`\nOpen ${shop.adminUrl} and log in as ${user.username}, password ${user.password}.`);
      print('Others with that password: clerk, viewer, intake (staff), customer (not staff).');
      print(`\nFor your MCP client:\n${clientConfig(settings)}\n\nStop with Ctrl+C.`);
      await stopped;
    }
    return failed === 0 ? 0 : 1;
  } finally {
    await server.close();
    await gateway.close();
    await shop.stop();
  }
};
