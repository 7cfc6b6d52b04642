import type { Caller } from '../../../src/django/caller.ts';
import type { DjangoRequest } from '../../../src/django/messages.ts';
import type { Context } from '../../../src/operations/upstream.ts';

/** What happens right after a request was answered. */
export type Between = (request: DjangoRequest) => Promise<void> | void;

/** A call into which something else can happen, right after one of its requests was answered. */
export const during = (caller: Caller, between: Between, signal: AbortSignal) => {
  const progress: [number, number | undefined][] = [];
  const requests: DjangoRequest[] = [];
  const context: Context = {
    caller: {
      ...caller,
      send: async (request, own) => {
        const response = await caller.send(request, own);
        requests.push(request);
        await between(request);
        return response;
      },
    },
    signal,
    progress: (done, total) => progress.push([done, total]),
  };
  return { context, progress, requests };
};
