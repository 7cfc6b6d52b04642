import { loadAhead } from '../assemble.ts';
import type { Settings } from '../config/options.ts';
import { type NamedSite, processSettings } from '../config/sites.ts';
import { gatewayOfSites } from '../gateway.ts';
import { isLoopback } from '../http/guard.ts';
import { baseUrl, type Listening, listen } from '../http/listen.ts';
import type { Metrics } from '../http/metrics.ts';
import { createLog, type Log, silentLog } from '../log.ts';
import { GatewayError } from '../operations/errors.ts';
import type { RunCommand } from './program.ts';
import { sitesOf } from './settings.ts';
import { gatherMetrics, tellMetrics } from './worker-metrics.ts';
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

/** Each worker counts for itself: one of them would answer with its own share. */
const assertMetricsAreWhole = ({ METRICS, WORKERS }: Settings): void => {
  if (!METRICS || workerCount(WORKERS) === 1) return;
  throw new GatewayError('config', '/metrics cannot be on the main address with several workers.', {
    hint: 'Give it a port of its own with --metrics-port, which adds the workers up.',
  });
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

/** Takes requests: the whole of it, or one worker of several. */
const serveRequests = async (sites: readonly NamedSite[], log: Log): Promise<void> => {
  const settings = processSettings(sites);
  const metrics = await metricsOf(settings);
  const gateway = gatewayOfSites(sites, log, metrics);
  if (isWorker() && metrics !== undefined) tellMetrics(metrics.values);
  const stopped = untilStopped();
  const server = await listen(gateway.fetch, settings);
  const status = isWorker() ? undefined : await listenForStatus(settings, gateway.status);
  if (!isWorker()) announce(sites, server.url);
  for (const site of sites) void loadAhead(site.settings);
  await stopped;
  // Probes are answered until the last call has ended.
  await server.close();
  await Promise.all([status?.close(), gateway.close()]);
};

/** Looks after the workers, and answers for all of them on the port for probes. */
const serveByWorkers = async (
  sites: readonly NamedSite[],
  count: number,
  log: Log,
): Promise<number> => {
  const settings = processSettings(sites);
  const own = await metricsOf(settings);
  const metrics = own && { ...own, text: async () => own.sum(await gatherMetrics()) };
  // Also finds what is wrong with the settings, before any worker does.
  const gateway = gatewayOfSites(sites, silentLog, metrics);
  const status = await listenForStatus(settings, gateway.status);
  try {
    return await runWorkers(count, log, (port) => announce(sites, baseUrl(settings.HOST, port)));
  } finally {
    await Promise.all([status?.close(), gateway.close()]);
  }
};

/**
 * Serves MCP and the REST face over HTTP until it is told to stop; running calls are finished
 * first. With several workers this process only looks after them.
 */
export const serve: RunCommand = async (flags) => {
  const sites = await sitesOf(flags);
  const settings = processSettings(sites);
  assertBindIsMeant(settings);
  assertMetricsAreWhole(settings);
  const log = createLog(
    settings.LOG_LEVEL,
    settings.LOG_FORMAT,
    isWorker() ? { pid: process.pid } : {},
  );
  const workers = workerCount(settings.WORKERS);
  if (workers > 1 && !isWorker()) return serveByWorkers(sites, workers, log);
  try {
    await serveRequests(sites, log);
    return 0;
  } finally {
    // The channel to the process that started a worker would keep it alive.
    process.channel?.unref();
  }
};
