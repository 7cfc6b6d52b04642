import type { Input } from '../../operations/catalogue.ts';
import { GatewayError } from '../../operations/errors.ts';
import { parseInput } from '../../operations/parse-input.ts';

// Not `new URL`: it would read a key of ".." as a step up.
const pattern = /^admin:\/\/([^/?#]+)\/([^/?#]+)\/([^/?#]+)$/;

/** The object that a URI means, checked as the arguments of a tool; undefined where it is none. */
export const objectOfUri = (uri: string): Input<'retrieve'> | undefined => {
  const [, app_label, model_name, key] = pattern.exec(uri) ?? [];
  if (key === undefined) return undefined;
  try {
    return parseInput('retrieve', { app_label, model_name, pk: decodeURIComponent(key) });
  } catch (error) {
    if (error instanceof URIError || error instanceof GatewayError) return undefined;
    throw error;
  }
};
