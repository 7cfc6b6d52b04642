/**
 * Imports a TypeScript module that works with a live shop: bundled in memory like
 * `importSource`, but packages and the scripts in lib/ stay where they are, because they look
 * for files beside themselves.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const stayOutside = {
  name: 'stay-outside',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\.mjs$/ }, ({ path, resolveDir }) => ({
      path: pathToFileURL(resolve(resolveDir, path)).href,
      external: true,
    }));
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      return { path: import.meta.resolve(path), external: true };
    });
  },
};

export const runSource = async (path) => {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    sourcemap: 'inline',
    plugins: [stayOutside],
  });
  const source = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${source}`);
};
