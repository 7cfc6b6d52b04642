import cluster, { type Worker } from 'node:cluster';
import type { MetricValues } from '../http/metrics.ts';

/** How long a worker may take to tell its numbers, in milliseconds; then it is left out. */
const answerTimeoutMs = 1_000;

/** The messages between a worker and the process that looks after it. */
type Message =
  | { readonly kind: 'metrics?'; readonly id: number }
  | { readonly kind: 'metrics'; readonly id: number; readonly values: MetricValues };

const asMessage = (message: unknown): Message | undefined =>
  typeof message === 'object' && message !== null && 'kind' in message
    ? (message as Message)
    : undefined;

/** In a worker: tells its numbers whenever it is asked. */
export const tellMetrics = (values: () => Promise<MetricValues>): void => {
  process.on('message', (received) => {
    const message = asMessage(received);
    if (message?.kind !== 'metrics?') return;
    void values().then((found) => {
      // Asked and then stopped: nobody reads it any more.
      if (process.connected) process.send?.({ kind: 'metrics', id: message.id, values: found });
    });
  });
};

let asked = 0;

const valuesOf = (worker: Worker, id: number): Promise<MetricValues | undefined> =>
  new Promise((resolve) => {
    const done = (values?: MetricValues): void => {
      clearTimeout(late);
      worker.off('message', listen).off('exit', gone);
      resolve(values);
    };
    const listen = (received: unknown): void => {
      const message = asMessage(received);
      if (message?.kind === 'metrics' && message.id === id) done(message.values);
    };
    const gone = (): void => done();
    const late = setTimeout(gone, answerTimeoutMs);
    worker.on('message', listen).on('exit', gone);
    worker.send({ kind: 'metrics?', id } satisfies Message, (error) => {
      if (error !== null) done();
    });
  });

/** In the process that looks after them: the numbers of every worker that answers. */
export const gatherMetrics = async (): Promise<readonly MetricValues[]> => {
  asked += 1;
  const id = asked;
  const workers = Object.values(cluster.workers ?? {}).flatMap((worker) => worker ?? []);
  const gathered = await Promise.all(workers.map((worker) => valuesOf(worker, id)));
  return gathered.flatMap((values) => (values === undefined ? [] : [values]));
};
