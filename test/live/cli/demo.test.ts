import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

it('the demo calls every tool and prints a configuration that it has started', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/demo.mjs', '--once'], {
    cwd: root,
  });
  expect(stdout).toContain('18 tools answered, 0 failed');
  expect(stdout).toMatch(/was started as a client does: [1-9]\d* models visible/);
  const config: unknown = JSON.parse(stdout.slice(stdout.indexOf('{\n')));
  expect(config).toMatchObject({
    mcpServers: { shop: { command: process.execPath, args: expect.arrayContaining(['stdio']) } },
  });
  expect(stdout.slice(stdout.indexOf('{\n'))).not.toContain('pass');
});
