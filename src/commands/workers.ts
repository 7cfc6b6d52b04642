import cluster, { type Worker } from 'node:cluster';
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { environmentPrefix } from '../config/options.ts';
import type { Log } from '../log.ts';
import { GatewayError } from '../operations/errors.ts';

/** How soon after its start the end of a worker is a sign that none can live, in milliseconds. */
const earlyMs = 5_000;
/** Early ends in a row after which there is no use in starting another. */
const maxEarlyEnds = 5;
/** How long workers may take to finish their calls after a stop, in milliseconds. */
const stopTimeoutMs = 15_000;

/** Whether this process is one of those that take requests. */
export const isWorker = (): boolean => cluster.isWorker;

/** 0 stands for one on each core. */
export const workerCount = (wanted: number): number =>
  wanted === 0 ? availableParallelism() : wanted;

const exited = (worker: Worker): Promise<void> =>
  new Promise((resolve) => {
    if (worker.isDead()) resolve();
    else worker.once('exit', () => resolve());
  });

const stopAll = async (): Promise<void> => {
  const workers = Object.values(cluster.workers ?? {}).flatMap((worker) => worker ?? []);
  for (const worker of workers) worker.process.kill('SIGTERM');
  const impatient = setTimeout(() => {
    for (const worker of workers) worker.process.kill('SIGKILL');
  }, stopTimeoutMs);
  await Promise.all(workers.map(exited));
  clearTimeout(impatient);
};

/** What the workers must agree on and nobody configured; it travels in their environment alone. */
const sharedEnvironment = (): Record<string, string> => {
  const name = `${environmentPrefix}SIGNING_KEY`;
  return process.env[name] ? {} : { [name]: randomBytes(32).toString('base64url') };
};

/**
 * Starts this program again in several processes that listen on one port, and replaces those
 * that die. Ends when it is told to stop and every worker has finished its calls.
 *
 * @param onListening called once, with the port
 * @throws GatewayError `config` when no worker lives
 */
export const runWorkers = async (
  count: number,
  log: Log,
  onListening: (port: number) => void,
): Promise<void> => {
  const environment = sharedEnvironment();
  let isStopping = false;
  let earlyEnds = 0;
  let isAnnounced = false;

  const failure = new Promise<never>((_, reject) => {
    const start = (): void => {
      const started = performance.now();
      const worker = cluster.fork(environment);
      worker.once('listening', ({ port }) => {
        if (!isAnnounced) onListening(port);
        isAnnounced = true;
      });
      worker.once('exit', (code, signal) => {
        if (isStopping) return;
        earlyEnds = performance.now() - started < earlyMs ? earlyEnds + 1 : 0;
        log.error('worker.died', { code: code ?? undefined, signal: signal ?? undefined });
        if (earlyEnds < maxEarlyEnds) start();
        else
          reject(
            new GatewayError('config', 'The workers end as soon as they start.', {
              hint: 'Their own messages say why; with --workers 1 there is only one.',
            }),
          );
      });
    };
    for (let index = 0; index < count; index += 1) start();
  });

  const stop = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  try {
    await Promise.race([failure, stop]);
  } finally {
    isStopping = true;
    await stopAll();
  }
};
