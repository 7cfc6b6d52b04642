/**
 * The pages of the MCP Apps view: each one HTML text with its script and style in it, and a
 * policy that allows those two, by their digests, and nothing else.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';

const folder = 'src/mcp/apps/view';
const pages = ['list', 'delete'];

const bundled = async (entry) => {
  const { outputFiles } = await build({
    entryPoints: [join(folder, entry)],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'warning',
  });
  return outputFiles[0].text.trim();
};

const digest = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const pageOf = async (name, style) => {
  const script = await bundled(`${name}.ts`);
  if (script.includes('</script')) throw new Error(`${name}: the script would end its element`);
  const policy = [
    "default-src 'none'",
    `script-src ${digest(script)}`,
    `style-src ${digest(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>Django admin</title><style>${style}</style></head><body><script>${script}</script></body></html>`;
};

/** By name. */
export const appPages = async () => {
  const style = await bundled('style.css');
  const made = pages.map(async (name) => [name, await pageOf(name, style)]);
  return Object.fromEntries(await Promise.all(made));
};
