/**
 * `npm run picture`: records a session at a terminal, with the real Claude Code and a real Django,
 * into docs/session.cast, and makes the README's picture from the recording. `--render` only makes
 * the picture again. MCP Inspector is photographed with our MCP Apps view in it, for docs/mcp.md.
 * Needs bash, jq and Chromium, and the ports 8000 and 6274.
 */
import { buildPackage, installPackages } from './lib/node-side.mjs';

for (const make of [installPackages, buildPackage]) {
  const { ok, detail } = await make();
  if (ok) continue;
  console.error(detail);
  process.exit(1);
}

const { runSource } = await import('./run-source.mjs');
await runSource('scripts/picture/main.ts').catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
