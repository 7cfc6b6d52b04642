/** Cold start over stdio: from the spawn to the first answer of `tools/list`, and the memory then. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { endAtExit, killGroup } from '../../scripts/lib/cleanup.mjs';
import { modernMeta } from '../lib/peers.mjs';
import { rssMb } from '../lib/process-cost.mjs';
import { program } from '../lib/programs.mjs';
import { rowOf } from '../lib/row.mjs';
import { median, spread } from '../lib/statistics.mjs';
import { installTools } from '../lib/tools-folder.mjs';

const conversations = {
  legacy: [
    {
      id: 1,
      method: 'initialize',
      params: {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: { name: 'bench', version: '1' },
      },
    },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/list' },
  ],
  modern: [{ id: 2, method: 'tools/list', params: { _meta: modernMeta } }],
};

/** A process that ends by itself: how long it took, in ms. */
const untilExit = (args) =>
  new Promise((resolve) => {
    const started = performance.now();
    spawn(process.execPath, args, { stdio: 'ignore' }).on('exit', () =>
      resolve({ ms: performance.now() - started }),
    );
  });

/** A server that answers: how long until it has listed its tools, and its memory then. */
const untilTools = (args, messages) =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const forget = endAtExit(() => killGroup(child, 'SIGKILL'));
    let said = '';
    child.stderr.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-2_000);
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (!/"id":2[,}].*\n/.test(output) || !output.includes('"tools"')) return;
      const run = { ms: performance.now() - started, rss: rssMb(child.pid) };
      child.stdout.removeAllListeners('data');
      child.removeAllListeners('exit');
      // It goes on loading after its answer: whoever starts next must have the machine to itself.
      child.on('exit', () => {
        forget();
        resolve(run);
      });
      child.kill('SIGKILL');
    });
    child.on('exit', (code) => {
      forget();
      reject(new Error(`${args[0]} ended (${code}) without its tools: ${said}${output}`));
    });
    for (const message of messages)
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  });

/** @param {import('../lib/ground.mjs').Ground} ground @param {{ quick: boolean }} options */
export const startup = async ({ shop, session, gateways }, { quick }) => {
  const { 'mcp-remote': remote } = await installTools();
  const stdio = [program, 'stdio', '--url', shop.adminUrl, '--log-level', 'silent'];
  const bridge = [
    join(remote.folder, 'dist', 'proxy.js'),
    // The Python endpoint answers notifications with 400, at which mcp-remote gives up.
    gateways.rest.url,
    ...['--allow-http', '--transport', 'http-only'],
    ...['--header', `Cookie:${session.cookie}`, '--header', `X-CSRFToken:${session.token}`],
  ];
  const subjects = {
    node: () => untilExit(['-e', '0']),
    version: () => untilExit([program, '--version']),
    legacy: () => untilTools(stdio, conversations.legacy),
    modern: () => untilTools(stdio, conversations.modern),
    bridge: () => untilTools(bridge, conversations.legacy),
  };
  const runs = new Map(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round < (quick ? 3 : 15); round += 1)
    for (const [name, start] of Object.entries(subjects)) runs.get(name).push(await start());
  const ms = (name) => runs.get(name).map((run) => run.ms);
  const rss = (name) => runs.get(name).map((run) => run.rss);
  const row = (what, name, against, other, atMost, headline = false) =>
    rowOf({
      what,
      figure: spread(ms(name), 'ms'),
      against,
      other: spread(ms(other), 'ms'),
      ratio: median(ms(name)) / median(ms(other)),
      atMost,
      headline,
      ...(name === 'version' ? {} : { note: `memory ${spread(rss(name), 'MB')}` }),
    });
  const mcpRemote = `mcp-remote ${remote.version} to our HTTP`;
  return [
    row('stdio, spawn to tools/list', 'legacy', 'node -e 0', 'node', 2.2, true),
    row('stdio, spawn to tools/list of 2026-07-28', 'modern', 'node -e 0', 'node', 2.2),
    {
      ...row('stdio, spawn to tools/list', 'legacy', mcpRemote, 'bridge', 1, true),
      note: `memory ${spread(rss('legacy'), 'MB')}, theirs ${spread(rss('bridge'), 'MB')}; mcp-remote cannot connect to the Python endpoint`,
    },
    row('--version', 'version', 'node -e 0', 'node', 1.2),
  ];
};
