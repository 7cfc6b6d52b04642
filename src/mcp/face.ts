import type { OperationName } from '../operations/catalogue.ts';
import type { Reason } from '../operations/errors.ts';
import { operationOfTool, type ToolNames } from '../operations/names.ts';
import type { ClientInfo, Narrowing, Upstream } from '../operations/upstream.ts';
import { type Offer, offerOf } from './offer.ts';
import type { ToolEntry } from './tools.ts';
import { toolEntries, unlistedTools } from './tools.ts';

/** The revisions that this gateway speaks, oldest first. */
export const protocolVersions = [
  '2024-11-05',
  '2025-03-26',
  '2025-06-18',
  '2025-11-25',
  '2026-07-28',
] as const;

const offeredVersions = (newest: string | null): string[] =>
  protocolVersions.filter((version) => newest === null || version <= newest).toReversed();

/** All that the MCP face needs to know; made once per process. */
export interface McpFace {
  readonly upstream: Upstream;
  readonly tools: readonly ToolEntry[];
  readonly offer: Offer;
  readonly disabled: ReadonlySet<OperationName>;
  /** Tools that may write are not listed; the policy refuses them. */
  readonly readOnly: boolean;
  /** What the request at hand may do less than that. */
  readonly narrowing?: Narrowing;
  readonly toolNames: ToolNames;
  readonly serverName: string;
  readonly serverVersion: string;
  /** Newest revision offered; older ones are offered too. */
  readonly protocolVersion: string | null;
  /** The revisions offered, newest first. */
  readonly versions: readonly string[];
  readonly resultShape: 'mcp' | 'seed';
  readonly maxResultChars: number;
  /** How long somebody at a client of the 2025 revisions may think about a question. */
  readonly questionTimeoutMs: number;
  /** Told of a call that never came to the upstream: its tool or its arguments were refused. */
  readonly onRefused: (tool: string, reason: Reason, client: ClientInfo | undefined) => void;
}

export const createFace = (options: Omit<McpFace, 'tools' | 'offer' | 'versions'>): McpFace => {
  const unlisted = unlistedTools(options);
  return {
    ...options,
    tools: toolEntries(options.toolNames, unlisted),
    offer: offerOf(unlisted),
    versions: offeredVersions(options.protocolVersion),
  };
};

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

/** How the server names itself. */
export const serverInfoOf = ({ serverName, serverVersion }: McpFace) => ({
  name: serverName,
  version: serverVersion,
  title: 'Django admin',
});

/** The operation behind a tool's name, in any spelling, where the operator left it on. */
export const servedOperation = ({ disabled }: McpFace, tool: string): OperationName | undefined => {
  const operation = operationOfTool(tool);
  return operation === undefined || disabled.has(operation) ? undefined : operation;
};
