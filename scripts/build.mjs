/**
 * Bundles the command line and the library into dist/. Everything is bundled, so that
 * installing the package installs nothing else.
 */
import { rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';
import { appPages } from './app-pages.mjs';
import { buildTypes } from './build-types.mjs';
import { importSource } from './import-source.mjs';
import { thirdPartyNotices } from './licences.mjs';

const require = createRequire(import.meta.url);
const { version } = require('../package.json');

/** `--readable FOLDER`: not minified, into a folder of its own, for `bench/profile.mjs`. */
const flag = process.argv.indexOf('--readable');
const readable = flag === -1 ? undefined : process.argv[flag + 1];

/** Made beside dist/ and put in its place at the end: a build that fails leaves the last one. */
const made = readable ?? `.cache/dist-${process.pid}`;
await rm(made, { recursive: true, force: true });

const { allSchemas } = await importSource('src/operations/json-schema.ts');

/** Modules that the build runs, to bundle what they export and not what they need for it. */
const madeByTheBuild = {
  name: 'made-by-the-build',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\/operations\/catalogue-facts\.ts$/ }, async ({ path }) => {
      const values = Object.entries(await importSource(path));
      const contents = values.map(
        ([name, value]) =>
          `export const ${name} = JSON.parse(${JSON.stringify(JSON.stringify(value))});`,
      );
      return { contents: contents.join('\n') };
    }),
};

const shared = {
  plugins: [madeByTheBuild],
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  minify: readable === undefined,
  outdir: made,
  chunkNames: 'chunks/[name]-[hash]',
  alias: {
    '@modelcontextprotocol/server/_shims': './src/mcp/sdk-shims.ts',
    undici: './scripts/undici-dispatchers.mjs',
    // Its main file is UMD, whose inner requires no bundler can follow.
    'jsonc-parser': 'jsonc-parser/lib/esm/main.js',
  },
  define: {
    PACKAGE_VERSION: JSON.stringify(version),
    OPERATION_SCHEMAS: JSON.stringify(JSON.stringify(allSchemas())),
    APP_PAGES: JSON.stringify(JSON.stringify(await appPages())),
  },
  // undici is CommonJS and calls require at load time.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

const [{ metafile }] = await Promise.all([
  build({ ...shared, entryPoints: ['src/main.ts', 'src/index.ts'] }),
  buildTypes(join(made, 'types')),
]);

await writeFile(
  join(made, 'THIRD-PARTY-NOTICES.txt'),
  await thirdPartyNotices(Object.keys(metafile.inputs)),
);
if (readable === undefined) {
  await rm('dist', { recursive: true, force: true });
  await rename(made, 'dist');
}

const size = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
if (process.argv.includes('--meta')) await writeFile('.cache/meta.json', JSON.stringify(metafile));
process.stderr.write(`dist: ${Math.round(size / 1024)} KB\n`);
