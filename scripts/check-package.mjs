/**
 * Packs the package as npm would publish it, installs it into an empty folder, and uses it
 * there: the command line, the library, and its types with a strict compiler.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { installPacked } from './lib/packed.mjs';

/** What a user downloads, in bytes. */
const maxPackedBytes = 600 * 1024;

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
const folder = await mkdtemp(join(tmpdir(), 'package-'));

const assert = (holds, what) => {
  if (!holds) throw new Error(what);
};

try {
  const { size, files, bin } = await installPacked(folder);
  assert(size < maxPackedBytes, `the package is ${size} bytes packed`);
  const stray = files.filter((path) => /^(?:examples|scripts|test)\/|\.map$/.test(path));
  assert(stray.length === 0, `the package holds ${stray.join(', ')}`);

  for (const name of ['django-admin-mcp-api', 'django-admin-mcp']) {
    const { stdout: tools } = await run(join(bin, name), ['tools', '--json'], { cwd: folder });
    assert(JSON.parse(tools).length === 18, `${name} does not list 18 tools`);
  }

  await writeFile(
    join(folder, 'use.ts'),
    `import { createGateway, GatewayError, type Reason } from 'django-admin-mcp-api';
const gateway = createGateway({ ADMIN_SITE: 'https://shop.example/admin/', PORT: 1, TOOL_NAMES: 'dotted' });
const answer: Promise<Response> = gateway.fetch(new Request('http://localhost/mcp/'));
// @ts-expect-error an unknown setting is a type error
createGateway({ ADMIN_SIT: '' });
const reason: Reason = new GatewayError('config', '').reason;
void [answer, reason];
`,
  );
  await run(
    process.execPath,
    [
      join(root, 'node_modules/typescript/bin/tsc'),
      ...'--noEmit --strict --module nodenext --target es2023 --lib es2023,dom --types'.split(' '),
      '',
      'use.ts',
    ],
    { cwd: folder },
  ).catch(({ stdout: errors }) => {
    throw new Error(`the types do not work:\n${errors}`);
  });
  await writeFile(
    join(folder, 'use.mjs'),
    `import { createGateway } from 'django-admin-mcp-api';
const gateway = createGateway({ ADMIN_SITE: 'http://127.0.0.1:9/admin/', LOG_LEVEL: 'silent' });
const { status } = await gateway.fetch(new Request('http://localhost/mcp/', { method: 'DELETE', headers: { host: 'localhost' } }));
await gateway.close();
if (status !== 405) throw new Error(String(status));
`,
  );
  await run(process.execPath, [join(folder, 'use.mjs')]);
  console.log(
    `The package works from its tarball: ${Math.round(size / 1024)} KB, ${files.length} files.`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
