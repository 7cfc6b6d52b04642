/** Imports a TypeScript module of src/ from a script: bundled in memory, run once. */
import { build } from 'esbuild';

export const importSource = async (path) => {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  const source = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${source}`);
};
