import {
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  ResourceNotFoundError,
} from '@modelcontextprotocol/server';
import type { Input } from '../../operations/catalogue.ts';
import { asGatewayError } from '../../operations/errors.ts';
import type { Answer } from '../../operations/upstream.ts';
import type { Ask } from '../ask.ts';
import type { McpFace } from '../face.ts';
import { fitBody } from '../fit.ts';
import { modelsIn } from '../models.ts';
import { valueText } from '../value-text.ts';
import { objectText } from './object-text.ts';
import { objectOfUri } from './object-uri.ts';
import { modelsUri } from './uris.ts';

/** Nothing that a person may read here may be shown to another one, or twice. */
const privately = { ttlMs: 0, cacheScope: 'private' } as const;

const refused = (uri: string, answer: Answer): ProtocolError => {
  if (answer.status === 404) return new ResourceNotFoundError(uri);
  return new ProtocolError(
    ProtocolErrorCode.InternalError,
    `The admin answered ${answer.status}, so there is nothing to read.`,
    { uri, status: answer.status, ...answer.body },
  );
};

const failed = (uri: string, thrown: unknown): ProtocolError => {
  if (thrown instanceof ProtocolError) return thrown;
  const error = asGatewayError(thrown);
  if (error.reason === 'missing') return new ResourceNotFoundError(uri);
  return new ProtocolError(
    ProtocolErrorCode.InternalError,
    [error.message, error.hint].filter((part) => part !== undefined).join(' '),
    { uri, status: error.status, error: error.toJSON() },
  );
};

const readModels = async (ask: Ask): Promise<ReadResourceResult> => {
  const answer = await ask('registry', {});
  if (answer.status !== 200) throw refused(modelsUri, answer);
  const text = modelsIn(answer.body)
    .map(({ app, model, label }) => `${app}.${model}: ${valueText(label)}`)
    .join('\n');
  return { contents: [{ uri: modelsUri, mimeType: 'text/plain', text }], ...privately };
};

const readObject = async (
  uri: string,
  object: Input<'retrieve'>,
  ask: Ask,
  maxChars: number,
): Promise<ReadResourceResult> => {
  const answer = await ask('retrieve', object);
  if (answer.status !== 200) throw refused(uri, answer);
  const body = fitBody(answer.body, maxChars);
  return {
    contents: [
      { uri, mimeType: 'text/plain', text: objectText(body) },
      { uri, mimeType: 'application/json', text: JSON.stringify(body) },
    ],
    ...privately,
  };
};

/**
 * Reads what an `admin://` URI names, as the tools would answer for it.
 *
 * @throws ProtocolError -32602 with `data.uri` where there is no such thing, -32603 where the
 *   admin or this gateway refused
 */
export const readResource = async (
  face: McpFace,
  ask: Ask,
  uri: string,
): Promise<ReadResourceResult> => {
  try {
    if (uri === modelsUri && !face.disabled.has('registry')) return await readModels(ask);
    const object = objectOfUri(uri);
    if (object === undefined || face.disabled.has('retrieve')) throw new ResourceNotFoundError(uri);
    return await readObject(uri, object, ask, face.maxResultChars);
  } catch (thrown) {
    throw failed(uri, thrown);
  }
};
