/**
 * `npm run clients`: starts Claude Code, Codex, Gemini CLI, Copilot CLI and MCP Inspector, as
 * their makers publish them, on the files that `setup` writes, and prints what they say. Parts of
 * their packages' names choose some: `npm run clients -- gemini codex`.
 */
import { buildPackage, installPackages } from './lib/node-side.mjs';

for (const make of [installPackages, buildPackage]) {
  const { ok, detail } = await make();
  if (ok) continue;
  console.error(detail);
  process.exit(1);
}

const { runSource } = await import('./run-source.mjs');
await runSource('scripts/clients/main.ts');
