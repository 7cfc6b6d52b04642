/** Imports a TypeScript module of src/ from a script: bundled into .cache/, run from there. */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const importSource = async (path) => {
  const outfile = resolve(
    join('.cache', 'source', `${path.replace(/\W+/g, '-')}-${process.pid}.mjs`),
  );
  await build({
    entryPoints: [path],
    bundle: true,
    format: 'esm',
    platform: 'node',
    outfile,
    // Its main file is UMD, whose inner requires no bundler can follow.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    // Some dependencies are CommonJS and call require at load time.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
};
