import { GatewayError } from '../operations/errors.ts';
import type { JsonObject } from '../operations/json.ts';
import type { Context } from '../operations/upstream.ts';
import { send } from './call.ts';
import { versionOf } from './object-version.ts';
import { addressOf, type FormAddress, readPlain } from './prepare-update.ts';

/** The object as the database has it now, and its version. */
interface Saved {
  readonly body: JsonObject;
  readonly version: string | null;
}

/**
 * Reads what was saved: the answer to a write shows values as they were sent, not as they were
 * stored ("9.5" for "9.50"). Undefined where that fails, which says nothing of the save.
 */
export const readSaved = async (at: FormAddress, context: Context): Promise<Saved | undefined> => {
  try {
    const seen = await send({ method: 'GET', ...addressOf(at) }, context);
    if (seen.status !== 200) return undefined;
    const plain = await readPlain(at, seen, context);
    return { body: seen.body, version: plain.status === 200 ? versionOf(plain.body) : null };
  } catch (error) {
    // The end of the session and a time limit too: none of them undoes the save.
    if (error instanceof GatewayError && error.reason !== 'internal') return undefined;
    throw error;
  }
};
