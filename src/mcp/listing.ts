import type { OperationName } from '../operations/catalogue.ts';
import { operationOfTool, type ToolNames } from '../operations/names.ts';
import { type Offer, offerOf } from './offer.ts';
import { type ToolEntry, toolEntries, unlistedTools } from './tools.ts';

/** The revisions that this gateway speaks, oldest first. */
export const protocolVersions = [
  '2024-11-05',
  '2025-03-26',
  '2025-06-18',
  '2025-11-25',
  '2026-07-28',
] as const;

/** What the settings say of it. */
export interface ListingOptions {
  readonly disabled: ReadonlySet<OperationName>;
  /** Tools that may write are not listed; the policy refuses them. */
  readonly readOnly: boolean;
  readonly toolNames: ToolNames;
  readonly serverName: string;
  readonly serverVersion: string;
  /** Newest revision offered; older ones are offered too. */
  readonly protocolVersion: string | null;
  readonly resultShape: 'mcp' | 'seed';
}

/**
 * What a client is told before it calls anything. Neither the SDK, nor zod, nor an upstream
 * is needed for it.
 */
export interface Listing extends ListingOptions {
  readonly tools: readonly ToolEntry[];
  readonly offer: Offer;
  /** The revisions offered, newest first. */
  readonly versions: readonly string[];
}

const offeredVersions = (newest: string | null): string[] =>
  protocolVersions.filter((version) => newest === null || version <= newest).toReversed();

export const listingOf = (options: ListingOptions): Listing => {
  const unlisted = unlistedTools(options);
  return {
    ...options,
    tools: toolEntries(options.toolNames, unlisted),
    offer: offerOf(unlisted),
    versions: offeredVersions(options.protocolVersion),
  };
};

/** How the server names itself. */
export const serverInfoOf = ({ serverName, serverVersion }: ListingOptions) => ({
  name: serverName,
  version: serverVersion,
  title: 'Django admin',
});

export const capabilitiesOf = ({ offer }: Listing) => ({
  tools: { listChanged: false },
  ...offer.capabilities,
});

/** The operation behind a tool's name, in any spelling, where the operator left it on. */
export const servedOperation = (
  { disabled }: Pick<ListingOptions, 'disabled'>,
  tool: string,
): OperationName | undefined => {
  const operation = operationOfTool(tool);
  return operation === undefined || disabled.has(operation) ? undefined : operation;
};
