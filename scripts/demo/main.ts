import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { clients } from '../../src/clients/catalogue.ts';
import { entryFor } from '../../src/clients/entry.ts';
import { withEntry } from '../../src/clients/file.ts';
import { stdioServer } from '../../src/clients/server.ts';
import { interruptSignal } from '../../src/commands/signal.ts';
import { loadSettings } from '../../src/config/load.ts';
import type { Settings } from '../../src/config/options.ts';
import { clientOf, storedSessionOf } from '../../src/connect.ts';
import { gatewayOf } from '../../src/gateway.ts';
import { listen } from '../../src/http/listen.ts';
import { silentLog } from '../../src/log.ts';
import { login } from '../../src/session/login.ts';
import { storedSession } from '../../src/session/store.ts';
import { type DjangoSeries, startShop } from '../lib/shop.mjs';
import { runTour } from './run-tour.ts';
import { tryConfig } from './try-config.ts';

/** The superuser of the example shop, which holds made-up data only. */
const user = { username: 'admin', password: 'shop-demo-pass' };
const serverName = 'shop';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const { values: flags } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    upstream: { type: 'string', default: 'stock' },
    django: { type: 'string', default: '5.2' },
  },
});

/** What `setup claude-desktop` would write, with this checkout in the place of the package. */
const configFor = async (settings: Settings): Promise<string> => {
  const args = [
    ...['--url', settings.ADMIN_SITE ?? '', '--upstream', settings.UPSTREAM],
    ...['--session-dir', settings.SESSION_DIR ?? ''],
  ];
  const program = { kind: 'node', file: resolve('dist', 'main.js') } as const;
  const server = stdioServer(serverName, args, false, program, process.platform);
  const client = clients['claude-desktop'];
  return withEntry(client, '', serverName, entryFor(client, server));
};

/**
 * Starts the example shop on a real Django and a gateway in front of it, calls all tools
 * through the official MCP client, tries the configuration that it prints, and stays up until
 * Ctrl+C. Exit code 1 when something failed.
 */
const demo = async (): Promise<number> => {
  const rest = flags.upstream === 'rest';
  const signal = interruptSignal();
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve());
    process.once('SIGTERM', resolve);
  });
  const shop = await startShop({
    django: flags.django as DjangoSeries,
    extras: rest ? ['rest-api'] : [],
    env: { SHOP_REST_API: rest ? '1' : '0' },
  });
  const sessionDir = await mkdtemp(join(tmpdir(), 'django-admin-mcp-api-demo-'));
  const settings = loadSettings({
    file: {
      ADMIN_SITE: shop.adminUrl,
      UPSTREAM: rest ? 'rest' : 'stock',
      PORT: 0,
      SESSION_DIR: sessionDir,
    },
  });
  const gateway = gatewayOf(settings, silentLog);
  const server = await listen(gateway.fetch, settings);
  const client = clientOf(settings);
  try {
    print(`Django ${shop.django} at ${shop.adminUrl}${shop.note === '' ? '' : ` (${shop.note})`}`);
    print(`MCP at ${server.url}mcp/, upstream ${settings.UPSTREAM}\n`);
    const logIn = () => login(client, user, signal);
    const { cookies } = await logIn();
    const { answered, failed } = await runTour(
      `${server.url}mcp/`,
      new Map(cookies.map(({ name, value }) => [name, value])),
      print,
    );
    print(`\n${answered} tools answered, ${failed} failed`);
    const { store, key } = storedSessionOf(settings, client);
    const own = await logIn();
    await store.save(key, storedSession(own.cookies, own.userName));
    const config = await configFor(settings);
    const models = await tryConfig(config, serverName);
    print(`The configuration below was started as a client does: ${models} models visible.`);
    print(`\nFor your MCP client:\n${config}`);
    if (!flags.once) {
      print(`Open ${shop.adminUrl} and log in as ${user.username}, password ${user.password}.`);
      print('Others with that password: clerk, viewer, intake (staff), customer (not staff).');
      print('\nStop with Ctrl+C.');
      await stopped;
    }
    return failed === 0 ? 0 : 1;
  } finally {
    await client.close();
    await server.close();
    await gateway.close();
    await shop.stop();
    await rm(sessionDir, { recursive: true, force: true });
  }
};

process.exitCode = await demo();
