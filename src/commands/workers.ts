import cluster, { type Worker } from 'node:cluster';
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { environmentPrefix } from '../config/options.ts';
import { drainTimeoutMs } from '../http/listen.ts';
import type { Log } from '../log.ts';
import { GatewayError } from '../operations/errors.ts';

/** How soon after its start the end of a worker is a sign that none can live, in milliseconds. */
const earlyMs = 5_000;
/** Early ends in a row after which there is no use in starting another. */
const maxEarlyEnds = 5;
/** How long workers may take to finish their calls after a stop, in milliseconds. */
const stopTimeoutMs = drainTimeoutMs + 2_000;

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

/** The port that a worker listens on, or the exit code of one that never did. */
const firstWord = (
  worker: Worker,
): Promise<{ readonly port: number } | { readonly code: number }> =>
  new Promise((resolve) => {
    worker.once('listening', ({ port }) => resolve({ port }));
    worker.once('exit', (code) => resolve({ code: code ?? 1 }));
  });

/**
 * Starts this program again in several processes that listen on one port, and replaces those
 * that die. Ends when it is told to stop and every worker has finished its calls.
 *
 * @param onListening called once, with the port
 * @returns the exit code: that of the first worker where it could not start, which has said why
 * @throws GatewayError `config` when workers go on ending as soon as they start
 */
export const runWorkers = async (
  count: number,
  log: Log,
  onListening: (port: number) => void,
): Promise<number> => {
  const environment = sharedEnvironment();
  let isStopping = false;
  let earlyEnds = 0;
  const stop = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });

  const keepAlive = (worker: Worker, giveUp: (error: GatewayError) => void): void => {
    const started = performance.now();
    worker.once('exit', (code, signal) => {
      if (isStopping) return;
      earlyEnds = performance.now() - started < earlyMs ? earlyEnds + 1 : 0;
      log.error('worker.died', { code: code ?? undefined, signal: signal ?? undefined });
      if (earlyEnds < maxEarlyEnds) keepAlive(cluster.fork(environment), giveUp);
      else
        giveUp(
          new GatewayError('config', 'The workers end as soon as they start.', {
            hint: 'Their own messages say why; with --workers 1 there is only one.',
          }),
        );
    });
  };

  try {
    // Alone, so that what keeps all of them from starting is said once.
    const first = cluster.fork(environment);
    const word = await Promise.race([firstWord(first), stop]);
    if (word !== undefined && 'code' in word) return word.code;
    if (word === undefined) return 0;
    onListening(word.port);
    const failure = new Promise<never>((_, reject) => {
      keepAlive(first, reject);
      for (let index = 1; index < count; index += 1) keepAlive(cluster.fork(environment), reject);
    });
    await Promise.race([failure, stop]);
    return 0;
  } finally {
    isStopping = true;
    await stopAll();
  }
};
