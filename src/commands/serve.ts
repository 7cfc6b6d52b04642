import type { Settings } from '../config/options.ts';
import { type NamedSite, processSettings } from '../config/sites.ts';
import { gatewayOfSites } from '../gateway.ts';
import { isLoopback } from '../http/guard.ts';
import { baseUrl, listen } from '../http/listen.ts';
import { createLog } from '../log.ts';
import { GatewayError } from '../operations/errors.ts';
import type { RunCommand } from './program.ts';
import { sitesOf } from './settings.ts';
import { isWorker, runWorkers, workerCount } from './workers.ts';

/** Anyone who can reach the port can try a session here, so the names must be on purpose. */
const assertBindIsMeant = ({ HOST, ALLOWED_HOSTS }: Settings): void => {
  if (isLoopback(HOST) || ALLOWED_HOSTS.length > 0) return;
  throw new GatewayError('config', `Listening on ${HOST} needs the host names to be served.`, {
    hint: 'Name them with --allowed-hosts, for example --allowed-hosts mcp.example.com.',
  });
};

const announce = (sites: readonly NamedSite[], base: string): void => {
  for (const { settings } of sites)
    process.stderr.write(
      `MCP: ${base}${settings.PREFIX.slice(1)}mcp/ for ${settings.ADMIN_SITE} (${settings.UPSTREAM}).\n`,
    );
  process.stderr.write('Stop with Ctrl+C.\n');
};

const untilStopped = (): Promise<void> =>
  new Promise((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });

/**
 * Serves MCP and the REST face over HTTP until it is told to stop; running calls are finished
 * first. With several workers this process only looks after them.
 */
export const serve: RunCommand = async (flags) => {
  const sites = await sitesOf(flags);
  const settings = processSettings(sites);
  assertBindIsMeant(settings);
  const log = createLog(settings.LOG_LEVEL);
  const workers = workerCount(settings.WORKERS);
  if (workers > 1 && !isWorker()) {
    await runWorkers(workers, log, (port) => announce(sites, baseUrl(settings.HOST, port)));
    return 0;
  }
  const gateway = gatewayOfSites(sites, log);
  const stopped = untilStopped();
  const server = await listen(gateway.fetch, settings);
  if (!isWorker()) announce(sites, server.url);
  await stopped;
  await server.close();
  await gateway.close();
  // The channel to the process that started us would keep us alive.
  if (isWorker()) process.disconnect();
  return 0;
};
