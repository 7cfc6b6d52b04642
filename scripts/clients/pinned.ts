import type { ClientId } from '../../src/clients/catalogue.ts';

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

/** Clients of ours that are among them. Inspector is none, but reads files of the same kind. */
export const packageOfClient: Readonly<Partial<Record<ClientId, ApplicationPackage>>> = {
  'claude-code': '@anthropic-ai/claude-code',
  codex: '@openai/codex',
  gemini: '@google/gemini-cli',
  'copilot-cli': '@github/copilot',
};

/** MCP Inspector wants Node 22.19, and we run on 20; the runtime is on npm, too. */
export const pinnedNode = '22.23.3';
