import type { Settings } from '../config/options.ts';
import { type NamedSite, processSettings } from '../config/sites.ts';
import { gatewayOfSites } from '../gateway.ts';
import { isLoopback } from '../http/guard.ts';
import { baseUrl, type Listening, listen } from '../http/listen.ts';
import type { Metrics } from '../http/metrics.ts';
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

/** Loads what counts only where somebody wants to know. */
const metricsOf = async ({ METRICS, METRICS_PORT }: Settings): Promise<Metrics | undefined> => {
  if (!METRICS && METRICS_PORT === null) return undefined;
  const { createMetrics } = await import('../http/metrics.ts');
  return createMetrics();
};

const listenForStatus = async (
  { METRICS_HOST, METRICS_PORT }: Settings,
  fetch: (request: Request) => Promise<Response>,
): Promise<Listening | undefined> => {
  if (METRICS_PORT === null) return undefined;
  const server = await listen(fetch, { HOST: METRICS_HOST, PORT: METRICS_PORT });
  process.stderr.write(`Metrics: ${server.url}metrics\n`);
  return server;
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
  const metrics = await metricsOf(settings);
  const gateway = gatewayOfSites(sites, log, metrics);
  const stopped = untilStopped();
  const server = await listen(gateway.fetch, settings);
  const status = isWorker() ? undefined : await listenForStatus(settings, gateway.status);
  if (!isWorker()) announce(sites, server.url);
  await stopped;
  await Promise.all([server.close(), status?.close()]);
  await gateway.close();
  // The channel to the process that started us would keep us alive.
  if (isWorker()) process.disconnect();
  return 0;
};
