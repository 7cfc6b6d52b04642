import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from '../support/built.ts';
import { type LiveShop, startLive, stopLive } from '../support/live-shop.ts';
import { sessionHeadersOf } from '../support/session.ts';

/** The suite needs `fs.globSync`, which Node 20 lacks; npm has a Node that has it. */
const suite = [
  'exec',
  '--yes',
  '--package=node@22',
  '--package=@modelcontextprotocol/conformance@0.2.0-alpha.12',
  '--',
  'conformance',
  'server',
];

/**
 * The scenarios that ask for nothing but a server with lists, by revision. The others want tools,
 * prompts and resources of the suite's own (`test_simple_text` and so on).
 */
const scenarios = {
  '2025-06-18': ['server-initialize', 'ping', 'tools-list'],
  '2025-11-25': [
    'server-initialize',
    'ping',
    'tools-list',
    'resources-list',
    'prompts-list',
    'dns-rebinding-protection',
  ],
  '2026-07-28': [
    'tools-list',
    'resources-list',
    'prompts-list',
    'caching',
    'sep-2164-resource-not-found',
    'dns-rebinding-protection',
    'http-header-validation',
    'server-sse-multiple-streams',
    'input-required-result-unsupported-methods',
    'input-required-result-validate-input',
  ],
} as const;

const run = promisify(execFile);

/** The suite cannot send a session: this passes its requests on, headers and all, with one. */
const withSession = (target: URL, session: Record<string, string>): Server =>
  createServer((incoming, outgoing) => {
    const onward = request(
      target,
      { method: incoming.method, headers: { ...incoming.headers, ...session } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });

let live: LiveShop;
let gateway: ReturnType<typeof spawn>;
let proxy: Server;
let url: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conformance-'));
  live = await startLive('5.2', { env: { SHOP_REST_API: '0' } });
  gateway = spawn(
    process.execPath,
    [program, 'serve', '--port', '0', '--url', live.shop.adminUrl],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const [line] = await once(gateway.stderr as NodeJS.ReadableStream, 'data');
  const target = new URL(/http:\S+\/mcp\//.exec(String(line))?.[0] ?? '');
  proxy = withSession(target, await sessionHeadersOf(live, 'admin')).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  url = `http://localhost:${(proxy.address() as AddressInfo).port}/mcp/`;
});

afterAll(async () => {
  proxy.close();
  gateway.kill('SIGTERM');
  await once(gateway, 'exit');
  await stopLive(live);
  await rm(folder, { recursive: true, force: true });
});

const minute = 60_000;

describe.each(Object.entries(scenarios))(
  'the MCP conformance suite, revision %s',
  (version, names) => {
    it.each(names)('%s', { timeout: 2 * minute }, async (name) => {
      const output = join(folder, `${version}-${name}`);
      const { stdout } = await run('npm', [
        ...suite,
        ...['--url', url, '--scenario', name, '--spec-version', version, '--output-dir', output],
      ]).catch((error: { stdout?: string; stderr?: string }) => {
        throw new Error(`${error.stdout ?? ''}\n${error.stderr ?? ''}`);
      });
      expect(stdout).toMatch(/Passed: [1-9]\d*\/\d+, 0 failed/);
    });
  },
);
