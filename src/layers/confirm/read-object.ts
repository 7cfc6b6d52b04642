import type { Input } from '../../operations/catalogue.ts';
import { GatewayError } from '../../operations/errors.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Context, Upstream } from '../../operations/upstream.ts';

/**
 * An object as `retrieve` shows it. Empty where it cannot be shown: on pages that a project
 * drew by itself, and to users who may delete what they may not look at.
 */
export const readObject = async (
  { app_label, model_name, pk }: Input<'retrieve'>,
  context: Context,
  upstream: Upstream,
): Promise<JsonObject> => {
  try {
    const { status, body } = await upstream.retrieve({ app_label, model_name, pk }, context);
    return status === 200 ? body : {};
  } catch (error) {
    if (error instanceof GatewayError && error.reason === 'unsupported') return {};
    throw error;
  }
};
