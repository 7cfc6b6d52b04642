import { jsonResponse } from './errors.ts';

/** The answer to an address that no site has. */
export const nothingHere = (prefixes: readonly string[]): Response =>
  jsonResponse(
    {
      error: {
        code: 'not_found',
        message: `There is nothing here; MCP is at ${prefixes.map((prefix) => `${prefix}mcp/`).join(', ')}.`,
      },
    },
    404,
  );
