import {
  envelopeIn,
  hasOnly,
  isObject,
  isPlainMeta,
  metaKeys,
  modernVersion,
  type PlainRequest,
  plainRequestIn,
} from './envelope.ts';
import { instructions } from './instructions.ts';
import { capabilitiesOf, type Listing, serverInfoOf } from './listing.ts';
import { listCache } from './lists.ts';
import { toolsFor } from './tools.ts';

/** An answer that the SDK would give as well, and what it has to know of the question. */
export interface FirstAnswer {
  readonly method: 'initialize' | 'server/discover' | 'tools/list';
  readonly id: string | number;
  readonly result: object;
}

const initializeKeys = ['protocolVersion', 'capabilities', 'clientInfo'];

/** The handshake of the 2025 revisions. */
const initialized = (listing: Listing, { params }: PlainRequest) => {
  const { protocolVersion, capabilities, clientInfo } = params;
  const isUsual =
    hasOnly(params, initializeKeys) &&
    typeof protocolVersion === 'string' &&
    isObject(capabilities) &&
    Object.values(capabilities).every(isObject) &&
    isObject(clientInfo) &&
    Object.values(clientInfo).every((value) => typeof value === 'string') &&
    'name' in clientInfo &&
    'version' in clientInfo;
  const known = listing.versions.filter((version) => version < modernVersion);
  const [newest] = known;
  if (!isUsual || newest === undefined) return undefined;
  return {
    protocolVersion: known.includes(protocolVersion) ? protocolVersion : newest,
    capabilities: capabilitiesOf(listing),
    serverInfo: serverInfoOf(listing),
    instructions: instructions(listing.toolNames),
  };
};

const discovered = (listing: Listing) => ({
  supportedVersions: [modernVersion],
  capabilities: capabilitiesOf(listing),
  instructions: instructions(listing.toolNames),
});

/** What each result since 2026-07-28 says beside itself. */
const asModern = (listing: Listing, result: object) => ({
  ...result,
  ...listCache,
  resultType: 'complete',
  _meta: { [metaKeys.server]: serverInfoOf(listing) },
});

const modernResult = (listing: Listing, method: string) => {
  if (method === 'server/discover') return asModern(listing, discovered(listing));
  if (method === 'tools/list')
    return asModern(listing, { tools: toolsFor(listing.tools, modernVersion) });
  return undefined;
};

/**
 * Answers the first questions of a connection before the SDK is there: clients wait for nothing
 * but these when they start, and the SDK takes as long to load as all the rest of us twice. What
 * is not exactly as usual is left to the SDK.
 */
export const createFirstAnswers = (listing: Listing) => {
  /** The revision that a handshake agreed on. */
  let agreed: string | undefined;
  return (message: unknown): FirstAnswer | undefined => {
    const request = listing.resultShape === 'seed' ? undefined : plainRequestIn(message);
    if (request === undefined) return undefined;
    const { id, method, meta, params } = request;
    if (method === 'initialize') {
      if (agreed !== undefined) return undefined;
      const result = initialized(listing, request);
      agreed = result?.protocolVersion;
      return result && { method, id, result };
    }
    if ((method !== 'tools/list' && method !== 'server/discover') || !hasOnly(params, ['_meta']))
      return undefined;
    const envelope = envelopeIn(meta);
    if (envelope !== undefined) {
      if (agreed !== undefined || !listing.versions.includes(modernVersion)) return undefined;
      const result = modernResult(listing, method);
      return result && { method, id, result };
    }
    if (method !== 'tools/list' || !isPlainMeta(meta)) return undefined;
    return { method, id, result: { tools: toolsFor(listing.tools, agreed) } };
  };
};
