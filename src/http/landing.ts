import { html } from 'hono/html';
import type { McpFace } from '../mcp/face.ts';
import type { JsonObject } from '../operations/json.ts';

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

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid #8884; }
  code { font: .9em ui-monospace, monospace; }
`;

/** `GET /mcp/` in a browser. No script, no external asset. */
export const landingPage = (face: McpFace, endpoint: string) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>${face.serverName}: MCP</title>
    <style>
      ${style}
    </style>
  </head>
  <body>
    <main>
      <h1>${face.serverName}</h1>
      <p>
        An MCP server for this Django admin, version ${face.serverVersion}. Clients connect to
        <code>${endpoint}</code> with your admin session; the catalogue for programs is
        <a href="${endpoint}manifest/">the manifest</a>.
      </p>
      <table>
        <caption>${face.tools.length} tools</caption>
        <thead><tr><th scope="col">Tool</th><th scope="col">What it does</th></tr></thead>
        <tbody>
          ${face.tools.map(
            (tool) =>
              html`<tr><th scope="row"><code>${tool.name}</code></th><td>${tool.description}</td></tr>`,
          )}
        </tbody>
      </table>
    </main>
  </body>
</html>`;

/** Nothing may be loaded, framed or submitted; the inline style is the only exception. */
export const landingPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
