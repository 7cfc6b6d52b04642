import type { Caller } from '../../django/caller.ts';
import type { Context } from '../../operations/upstream.ts';
import type { ModelRef } from '../pages/types/shared.ts';
import { type Addresses, addresses } from './addresses.ts';
import { type Memory, shapeKey } from './memory.ts';

/** What an operation works with: a caller, the admin's addresses, and what is remembered. */
export interface Desk {
  readonly caller: Caller;
  readonly signal: AbortSignal;
  readonly adminPath: string;
  readonly at: Addresses;
  readonly memory: Memory;
  readonly progress: (done: number, total?: number) => void;
  /** The key under which this caller's shapes of a model are remembered. */
  readonly shapeKey: (model: ModelRef) => string;
}

export const createDesk = (context: Context, memory: Memory): Desk => {
  const { caller, signal, progress } = context;
  const { adminUrl } = caller.site;
  const adminPath = adminUrl.pathname;
  return {
    caller,
    signal,
    adminPath,
    at: addresses(adminPath),
    memory,
    progress: progress ?? (() => undefined),
    shapeKey: (model) => shapeKey(adminUrl.href, caller.fingerprint(), model),
  };
};
