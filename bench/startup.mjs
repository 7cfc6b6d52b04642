/**
 * Cold start, side by side in one run: `node -e 0`, `--version`, and `stdio` from spawn to the
 * first `tools/list` answer, as a legacy and as a modern client asks. Prints medians in
 * milliseconds and their ratio to bare node. Usage: node bench/startup.mjs [rounds]
 */
import { spawn } from 'node:child_process';

const rounds = Number(process.argv[2] ?? 15);

const stdio = [
  'dist/main.js',
  'stdio',
  '--url',
  'http://127.0.0.1:9/admin/',
  '--log-level',
  'silent',
];

const initialize = {
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1' },
  },
};
const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

const conversations = {
  legacy: [
    { id: 1, ...initialize },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/list' },
  ],
  modern: [{ id: 2, method: 'tools/list', params: { _meta: envelope } }],
};

const untilExit = (args) =>
  new Promise((resolve) => {
    const started = performance.now();
    spawn(process.execPath, args, { stdio: 'ignore' }).on('exit', () =>
      resolve(performance.now() - started),
    );
  });

const untilTools = (messages) =>
  new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, stdio, { stdio: ['pipe', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      if (!/"id":2.*\n/.test(output)) return;
      const taken = performance.now() - started;
      child.stdin.end();
      if (output.includes('admin_registry')) resolve(taken);
      else reject(new Error(output));
    });
    for (const message of messages)
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  });

const subjects = {
  'node -e 0': () => untilExit(['-e', '0']),
  '--version': () => untilExit(['dist/main.js', '--version']),
  'stdio, initialize and tools/list': () => untilTools(conversations.legacy),
  'stdio, tools/list of 2026-07-28': () => untilTools(conversations.modern),
};

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

const times = new Map(Object.keys(subjects).map((name) => [name, []]));
for (let round = 0; round < rounds; round++)
  for (const [name, run] of Object.entries(subjects)) times.get(name).push(await run());

const base = median(times.get('node -e 0'));
for (const [name, values] of times) {
  const spread = `${Math.min(...values).toFixed(0)}-${Math.max(...values).toFixed(0)}`;
  const middle = median(values);
  console.log(
    `${name.padEnd(34)} ${middle.toFixed(0).padStart(4)} ms (${spread})  ${(middle / base).toFixed(2)} x node`,
  );
}
