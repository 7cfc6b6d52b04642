import { ProtocolError } from '@modelcontextprotocol/server';
import type { Caller } from '../django/caller.ts';
import { callTool } from './call.ts';
import { contextOf } from './context.ts';
import type { DirectCall } from './direct-call.ts';
import { metaKeys } from './envelope.ts';
import type { McpFace } from './face.ts';
import { serverInfoOf } from './listing.ts';
import { resultJson } from './results.ts';

const message = (id: DirectCall['id'], member: 'result' | 'error', json: string): string =>
  `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"${member}":${json}}`;

/** The JSON of the message that answers a call. */
export const answerDirectly = async (
  face: McpFace,
  { id, params, meta, version, isModern, client }: DirectCall,
  caller: Caller,
  { url, signal, headers }: Request,
): Promise<string> => {
  const context = contextOf(face, caller, {
    ...{ meta, url, signal, requestId: headers.get('x-request-id') ?? String(id) },
    ...(client === undefined ? {} : { client }),
  });
  try {
    const result = await callTool(face, params, context, version);
    if (!isModern) return message(id, 'result', resultJson(result));
    // What the SDK adds to every result since 2026-07-28.
    const _meta = { ...result._meta, [metaKeys.server]: serverInfoOf(face) };
    return message(id, 'result', resultJson({ resultType: 'complete', ...result, _meta }));
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const { code, message: text, data } = error;
    return message(id, 'error', JSON.stringify({ code, message: text, data }));
  }
};
