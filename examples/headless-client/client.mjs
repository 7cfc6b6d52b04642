/**
 * Logs in once and calls a tool, with Node alone.
 *
 * GATEWAY=http://127.0.0.1:8808 ADMIN_USER=ana ADMIN_PASSWORD=… node client.mjs oak
 */
import { randomBytes } from 'node:crypto';

const { GATEWAY = 'http://127.0.0.1:8808', ADMIN_USER, ADMIN_PASSWORD } = process.env;

// Any random token will do for the login: Django compares the cookie with the header.
const cookies = new Map([['csrftoken', randomBytes(16).toString('hex')]]);

const post = async (path, body) => {
  const response = await fetch(new URL(path, GATEWAY), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'x-csrftoken': cookies.get('csrftoken'),
    },
    body: JSON.stringify(body),
  });
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (name) cookies.set(name, value);
  }
  if (!response.ok)
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
};

const call = async (tool, args) => {
  const { result, error } = await post('/mcp/', {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: tool, arguments: args },
  });
  if (error) throw new Error(error.message);
  if (result.isError) throw new Error(result.content[0].text);
  return result.structuredContent;
};

await post('/api/v1/login/', { username: ADMIN_USER, password: ADMIN_PASSWORD });
const search = process.argv.slice(2).join(' ');
// The answers are lean for agents; a program takes the body of the REST API.
const product = { app_label: 'catalog', model_name: 'product' };
const found = await call('admin_list', { ...product, search, view: 'full' });
for (const { pk, fields } of found.results) console.log(pk, fields.name);
await post('/api/v1/logout/', {});
