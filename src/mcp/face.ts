import type { Reason } from '../operations/errors.ts';
import { operationOfTool } from '../operations/names.ts';
import type { Context, Narrowing, Upstream } from '../operations/upstream.ts';
import { type Listing, type ListingOptions, listingOf } from './listing.ts';

/** What answers calls. */
interface Answering {
  readonly upstream: Upstream;
  /** What the request at hand may do less than what is listed. */
  readonly narrowing?: Narrowing;
  readonly maxResultChars: number;
  /** How long somebody at a client of the 2025 revisions may think about a question. */
  readonly questionTimeoutMs: number;
  /** Told of a call that never came to the upstream: its tool or its arguments were refused. */
  readonly onRefused: (
    tool: string,
    reason: Reason,
    source: Pick<Context, 'caller' | 'client' | 'requestId'>,
  ) => void;
}

/** All that the MCP face needs to know; made once per process. */
export type McpFace = Listing & Answering;

export const createFace = (options: ListingOptions & Answering): McpFace => ({
  ...options,
  ...listingOf(options),
});

/** The face that one request sees, where it asks for less than there is. */
export const narrowedFace = (face: McpFace, narrowing: Narrowing | undefined): McpFace => {
  if (narrowing === undefined) return face;
  const off = (narrowing.disabledTools ?? []).flatMap((tool) => operationOfTool(tool) ?? []);
  return createFace({
    ...face,
    narrowing,
    disabled: new Set([...face.disabled, ...off]),
    readOnly: face.readOnly || narrowing.readOnly === true,
  });
};
