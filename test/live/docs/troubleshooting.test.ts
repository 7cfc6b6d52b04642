import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGateway } from '../../../src/library.ts';
import { prefix, program, runBuilt } from '../support/built.ts';
import {
  type LiveShop,
  password,
  startLive,
  stopLive,
  type UserName,
} from '../support/live-shop.ts';
import { cookiesOf } from '../support/session.ts';

const root = resolve(import.meta.dirname, '../../..');

let live: LiveShop;
let secure: LiveShop;
let folder: string;
let headings: string;

beforeAll(async () => {
  [live, secure] = await Promise.all([
    startLive('5.2', {}),
    startLive('5.2', { env: { SHOP_HTTPS: '1' } }),
  ]);
  folder = await mkdtemp(join(tmpdir(), 'symptoms-'));
  const page = await readFile(join(root, 'docs', 'troubleshooting.md'), 'utf8');
  headings = page
    .split('\n')
    .filter((line) => line.startsWith('## '))
    .join('\n');
});

afterAll(async () => {
  await stopLive(live);
  await stopLive(secure);
  await rm(folder, { recursive: true, force: true });
});

/** That a symptom showed, and that the page has a heading with its words. */
const expectExplained = (shown: string, words: string): void => {
  expect(shown).toContain(words);
  expect(headings).toContain(`\`${words}`);
};

const environment = (env: Readonly<Record<string, string>> = {}) => ({
  PATH: process.env['PATH'] ?? '',
  [`${prefix}SESSION_DIR`]: folder,
  [`${prefix}ADMIN_SITE`]: live.shop.adminUrl,
  ...env,
});

const as = (user: string, secret = password) => ({
  [`${prefix}USERNAME`]: user,
  [`${prefix}PASSWORD`]: secret,
});

const run = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const { stdout, stderr } = await runBuilt(args, environment(env));
  return stdout + stderr;
};

const valuesOf = async (user: UserName): Promise<ReadonlyMap<string, string>> =>
  new Map((await cookiesOf(live, user)).map(({ name, value }) => [name, value]));

const connect = async (args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const client = new Client({ name: 'symptoms', version: '1' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [program, 'stdio', ...args],
      env: environment(env),
      stderr: 'ignore',
    }),
  );
  return client;
};

describe('the page for troubleshooting knows what is shown', () => {
  it('without a session, and with a wrong CSRF token', async () => {
    const gateway = createGateway({ ADMIN_SITE: live.shop.adminUrl, LOG_LEVEL: 'silent' });
    const post = async (headers: Readonly<Record<string, string>>) => {
      const answer = await gateway.fetch(
        new Request('http://localhost/mcp/', {
          method: 'POST',
          headers: { host: 'localhost', 'content-type': 'application/json', ...headers },
          body: '{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}',
        }),
      );
      return `${answer.status} ${await answer.text()}`;
    };
    const anonymous = await post({});
    expect(anonymous).toMatch(/^401 /);
    expectExplained(anonymous, 'This request carries no valid admin session.');
    const cookies = await valuesOf('clerk');
    const refused = await post({
      cookie: `sessionid=${cookies.get('sessionid')}; csrftoken=${cookies.get('csrftoken')}`,
      'x-csrftoken': 'a'.repeat(32),
    });
    expect(refused).toMatch(/^403 /);
    expectExplained(refused, 'Django did not accept the CSRF token.');
    await gateway.close();
  });

  it('when Django over https believes in another host', async () => {
    const behindProxy = [
      ...['--url', secure.shop.adminUrl, '--header', 'X-Forwarded-Proto=https'],
      '--public-origin',
    ];
    const { host } = new URL(secure.shop.url);
    const wrong = await run(['login', ...behindProxy, 'https://wrong.example'], as('clerk'));
    expectExplained(wrong, 'refused the login by its CSRF check');
    const right = await run(['login', ...behindProxy, `https://${host}`], as('clerk'));
    expect(right).toContain('Logged in');
  });

  it('when a session ends in the middle of a conversation, and that login mends it', async () => {
    expect(await run(['login'], as('clerk'))).toContain('Logged in');
    const client = await connect([]);
    const call = () => client.callTool({ name: 'admin_registry', arguments: {} });
    expect((await call()).isError).toBeFalsy();
    expect(await run(['logout'])).toContain('Logged out');
    const dead = await call();
    expect(dead.isError).toBe(true);
    expectExplained(
      JSON.stringify(dead.content),
      'The user must run: npx django-admin-mcp-api login',
    );
    await run(['login'], as('clerk'));
    expect((await call()).isError).toBeFalsy();
    await client.close();
  });

  it('when the account sees no model', async () => {
    const cookies = await valuesOf('intake');
    const shown = await run(['check', '--url', `${live.shop.url}/vault/`], {
      [`${prefix}COOKIE`]: cookies.get('sessionid') ?? '',
    });
    expectExplained(shown, 'This account sees no model in the admin.');
  });

  it('when names of tools are not what clients take', async () => {
    const rule = /^[a-zA-Z0-9_-]{1,64}$/;
    expect(headings).toContain(`String should match pattern '${rule.source}'`);
    const names = async (...flags: readonly string[]) => {
      const client = await connect(flags);
      const { tools } = await client.listTools();
      await client.close();
      return tools.map(({ name }) => name);
    };
    expect((await names('--tool-names', 'dotted')).filter((name) => rule.test(name))).toEqual([]);
    expect((await names()).filter((name) => !rule.test(name))).toEqual([]);
  });

  it('when a result is too large', async () => {
    const client = await connect(['--max-result-chars', '4000'], as('clerk'));
    const { structuredContent } = await client.callTool({
      name: 'admin_list',
      arguments: { app_label: 'catalog', model_name: 'product', page_size: 40 },
    });
    await client.close();
    expectExplained(JSON.stringify(structuredContent), 'truncated');
    expect(JSON.stringify(structuredContent)).toContain('call again with page_size');
  });

  it('when the login is refused', async () => {
    const shown = await run(['login', '--profile', 'wrong'], as('clerk', 'not-the-password'));
    expectExplained(shown, 'Django refused the login');
  });
});
