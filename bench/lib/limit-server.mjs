/**
 * The lower limit: MCP answered by hand on node:http, with nothing that a real server needs (no
 * checks of arguments, Host, Origin, size or session; no cancelling; one revision). `tools/call`
 * of `direct` answers from memory; any other name gets the path in its arguments from the
 * upstream and hands its JSON on. Usage: node limit-server.mjs TOOLS_FILE UPSTREAM_ORIGIN
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Pool } from 'undici';

const [toolsFile = '', origin = ''] = process.argv.slice(2);
const toolsResult = readFileSync(toolsFile, 'utf8');
const pool = new Pool(origin, { connections: 64, keepAliveTimeout: 1_500 });

const initialized = {
  protocolVersion: '2025-11-25',
  capabilities: { tools: {} },
  serverInfo: { name: 'limit', version: '1' },
};

const resultOf = (json) =>
  `{"content":[{"type":"text","text":${JSON.stringify(json)}}],"structuredContent":${json},"isError":false}`;

const callTool = async ({ name, arguments: { path } = {} }, { cookie }) => {
  if (name === 'direct') return resultOf('{"ok":true}');
  const { body } = await pool.request({ method: 'GET', path, headers: { cookie } });
  return resultOf(await body.text());
};

const answer = async ({ method, params }, headers) => {
  if (method === 'initialize') return JSON.stringify(initialized);
  if (method === 'tools/list') return toolsResult;
  return callTool(params, headers);
};

const reply = (response, text) => {
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
};

const server = createServer((request, response) => {
  if (request.method === 'GET') return reply(response, toolsResult);
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const message = JSON.parse(Buffer.concat(chunks).toString());
    const result = await answer(message, request.headers);
    reply(response, `{"jsonrpc":"2.0","id":${JSON.stringify(message.id)},"result":${result}}`);
  });
});

server.listen(0, '127.0.0.1', () =>
  process.stderr.write(`listening on http://127.0.0.1:${server.address().port}/\n`),
);
process.on('SIGTERM', () => process.exit(0));
