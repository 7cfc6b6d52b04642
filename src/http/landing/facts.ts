import type { McpFace } from '../../mcp/face.ts';
import type { JsonObject } from '../../operations/json.ts';

/** What `GET /mcp/` tells a program: the seed's keys. */
export const landingFacts = (face: McpFace, endpoint: string): JsonObject => ({
  server: { name: face.serverName, version: face.serverVersion },
  protocolVersion: face.protocolVersion ?? 'negotiated',
  tools_count: face.tools.length,
  manifest_url: `${endpoint}manifest/`,
  endpoint,
});

/** `GET /mcp/manifest/`: the server and every tool, as `tools/list` shows them. */
export const manifest = (face: McpFace): JsonObject => ({
  server: { name: face.serverName, version: face.serverVersion },
  protocolVersion: face.protocolVersion ?? 'negotiated',
  tools: face.tools as unknown as JsonObject[],
});
