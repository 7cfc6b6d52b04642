import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createGateway } from '../../../src/library.ts';
import { type LiveShop, startLive, stopLive } from '../support/live-shop.ts';
import { sessionOf } from '../support/session.ts';
import { freePort } from '../support/start-serve.ts';

const examples = join(import.meta.dirname, '../../../examples/library');

let live: LiveShop;

beforeAll(async () => {
  live = await startLive('5.2', { env: { SHOP_REST_API: '0' } });
});

afterAll(() => stopLive(live));

describe.each(['hono', 'express'])('the gateway in an app of %s', (name) => {
  it('serves its prefix beside the app, and ends with it', async () => {
    const port = await freePort();
    const app = spawn(process.execPath, [join(examples, `${name}.mjs`)], {
      env: {
        PATH: process.env['PATH'] ?? '',
        ADMIN_SITE: live.shop.adminUrl,
        PORT: String(port),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const exit = once(app, 'exit');
    const at = `http://127.0.0.1:${port}`;
    try {
      await vi.waitFor(async () => expect((await fetch(at)).status).toBe(200), { timeout: 10_000 });
      expect(await (await fetch(at)).text()).toBe('the app itself');
      expect((await fetch(`${at}/staff/mcp/`)).status).toBe(401);
      const { cookie, token } = await sessionOf(live, 'admin');
      const headers = {
        cookie,
        'x-csrftoken': token,
        'content-type': 'application/json',
        connection: 'close',
      };
      const called = await fetch(`${at}/staff/mcp/`, {
        method: 'POST',
        headers,
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: 1,
          method: 'tools/call',
          params: { name: 'admin_list', arguments: { app_label: 'catalog', model_name: 'tag' } },
        }),
      });
      expect([called.status, await called.text()]).toEqual([
        200,
        expect.stringContaining('"isError":false'),
      ]);
      const made = await fetch(`${at}/staff/api/v1/catalog/tag/`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ name: name, slug: name }),
      });
      expect(made.status).toBe(201);
    } finally {
      app.kill('SIGTERM');
    }
    expect((await exit)[0]).toBe(0);
  });
});

describe('createGateway', () => {
  it('refuses a setting that it does not know, naming the nearest', () => {
    const options = { ADMIN_SITE: live.shop.adminUrl, READONLY: true };
    expect(() => createGateway(options)).toThrow(
      expect.objectContaining({
        reason: 'config',
        message: expect.stringContaining('"READONLY"'),
        hint: expect.stringContaining('READ_ONLY'),
      }),
    );
    expect(() => createGateway({})).toThrow(expect.objectContaining({ reason: 'config' }));
  });
});
