import type { DjangoClient } from './client.ts';

/** One request to Django that ended. */
export interface RequestSample {
  readonly method: string;
  /** 0 where no answer came. */
  readonly status: number;
  readonly seconds: number;
  /** Size of the answer's body. */
  readonly bytes: number;
}

/** A client that tells how long each request took, and nothing of what was in it. */
export const measured = (
  client: DjangoClient,
  tell: (sample: RequestSample) => void,
): DjangoClient => ({
  ...client,
  send: async (request, delivery) => {
    const started = performance.now();
    const done = (status: number, bytes: number): void =>
      tell({
        method: request.method,
        status,
        bytes,
        seconds: (performance.now() - started) / 1000,
      });
    try {
      const response = await client.send(request, delivery);
      done(response.status, response.bytes.length);
      return response;
    } catch (error) {
      done(0, 0);
      throw error;
    }
  },
});
