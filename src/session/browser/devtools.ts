import type { Readable, Writable } from 'node:stream';
import { GatewayError } from '../../operations/errors.ts';
import { isJsonObject, type JsonObject } from '../../operations/json.ts';

/** All cookies of a profile are a few kilobytes; this bounds a browser gone wild. */
const maxMessageBytes = 16 * 1024 * 1024;
/** How long the browser may take to answer one command, in milliseconds. */
const commandTimeoutMs = 10_000;

export interface DevTools {
  /** @throws GatewayError `cancelled` once the browser has gone, `upstream` when it refuses */
  readonly send: (method: string, params?: JsonObject) => Promise<JsonObject>;
}

interface Waiting {
  readonly resolve: (result: JsonObject) => void;
  readonly reject: (error: Error) => void;
}

const gone = (): GatewayError =>
  new GatewayError('cancelled', 'The browser was closed before the admin was reached.', {
    hint: 'Log in in the window that opens; it closes by itself.',
  });

/**
 * The DevTools protocol over `--remote-debugging-pipe`: JSON messages that end in NUL, on two
 * file descriptors that only this process holds. A debugging port would be open to every
 * program of this machine.
 */
export const connectDevTools = (toBrowser: Writable, fromBrowser: Readable): DevTools => {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isGone = false;
  let held = Buffer.alloc(0);

  const end = () => {
    isGone = true;
    for (const { reject } of waiting.values()) reject(gone());
    waiting.clear();
  };

  const take = (text: string): void => {
    const message: unknown = JSON.parse(text);
    if (!isJsonObject(message) || typeof message['id'] !== 'number') return;
    const asked = waiting.get(message['id']);
    waiting.delete(message['id']);
    const { result, error } = message;
    if (isJsonObject(result)) asked?.resolve(result);
    else
      asked?.reject(
        new GatewayError('upstream', 'The browser refused a command.', {
          details: { error: isJsonObject(error) ? (error['message'] ?? null) : null },
        }),
      );
  };

  fromBrowser.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    if (held.length > maxMessageBytes) return void fromBrowser.destroy();
    for (let at = held.indexOf(0); at >= 0; at = held.indexOf(0)) {
      take(held.subarray(0, at).toString('utf8'));
      held = held.subarray(at + 1);
    }
  });
  fromBrowser.on('close', end).on('error', end);
  toBrowser.on('error', end);

  return {
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        if (isGone) return reject(gone());
        lastId += 1;
        const id = lastId;
        const timer = setTimeout(() => {
          waiting.delete(id);
          reject(new GatewayError('timeout', 'The browser did not answer.'));
        }, commandTimeoutMs);
        const settled = <T>(settle: (value: T) => void) => {
          return (value: T) => {
            clearTimeout(timer);
            settle(value);
          };
        };
        waiting.set(id, { resolve: settled(resolve), reject: settled(reject) });
        toBrowser.write(`${JSON.stringify({ id, method, params })}\0`);
      }),
  };
};
