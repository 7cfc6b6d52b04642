import type { OperationName } from '../operations/catalogue.ts';
import type { ToolNames } from '../operations/names.ts';
import type { Upstream } from '../operations/upstream.ts';
import type { ToolEntry } from './tools.ts';
import { toolEntries } from './tools.ts';

/** The revisions that this gateway speaks, oldest first. */
export const protocolVersions = [
  '2024-11-05',
  '2025-03-26',
  '2025-06-18',
  '2025-11-25',
  '2026-07-28',
] as const;

/** One tool call that ended, for the log: names and numbers, never arguments or values. */
export interface CallRecord {
  readonly tool: string;
  readonly status: number;
  readonly isError: boolean;
  readonly milliseconds: number;
  /** Why it could not be run, where it could not. */
  readonly reason?: string;
  /** For the log alone: what went wrong inside. */
  readonly cause?: unknown;
}

/** All that the MCP face needs to know; made once per process. */
export interface McpFace {
  readonly upstream: Upstream;
  readonly tools: readonly ToolEntry[];
  readonly disabled: ReadonlySet<OperationName>;
  readonly toolNames: ToolNames;
  readonly serverName: string;
  readonly serverVersion: string;
  /** Newest revision offered; older ones are offered too. */
  readonly protocolVersion: string | null;
  readonly resultShape: 'mcp' | 'seed';
  readonly maxResultChars: number;
  readonly onCall: (record: CallRecord) => void;
}

export const createFace = (options: Omit<McpFace, 'tools'>): McpFace => ({
  ...options,
  tools: toolEntries(options.toolNames, options.disabled),
});

/** The revisions offered by a face, newest first, as the SDK wants them. */
export const offeredVersions = (face: McpFace): string[] => {
  const { protocolVersion } = face;
  return protocolVersions
    .filter((version) => protocolVersion === null || version <= protocolVersion)
    .toReversed();
};
