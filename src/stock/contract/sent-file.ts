import type { DjangoResponse } from '../../django/messages.ts';
import type { AnswerFile } from '../../operations/upstream.ts';
import type { Outcome } from '../outcome-types.ts';

type FileOutcome = Extract<Outcome, { kind: 'file' | 'data' }>;

const charsetIn = (contentType: string | undefined): string | undefined =>
  /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1];

/**
 * The file that the admin sent instead of a page.
 *
 * @param otherwise its name where the admin gives none
 */
export const sentFile = (
  outcome: FileOutcome,
  { bytes, headers }: DjangoResponse,
  otherwise: string,
): AnswerFile => {
  const charset = charsetIn(headers['content-type']);
  return {
    name: outcome.kind === 'file' ? outcome.name : otherwise,
    mediaType: outcome.mediaType,
    bytes,
    ...(charset === undefined ? {} : { charset }),
  };
};
