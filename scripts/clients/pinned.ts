/**
 * The applications that `npm run clients` starts, as npm packages. Exact versions, so that a red
 * run is our doing; a newer one is put in here by hand.
 */
export const pinned = {
  '@anthropic-ai/claude-code': '2.1.332',
  '@openai/codex': '0.171.0',
  '@google/gemini-cli': '0.61.0',
  '@github/copilot': '1.0.102',
  '@modelcontextprotocol/inspector': '2.12.0',
} as const;

export type ApplicationPackage = keyof typeof pinned;

/** MCP Inspector wants Node 22.19, and we run on 20; the runtime is on npm, too. */
export const pinnedNode = '22.23.3';
