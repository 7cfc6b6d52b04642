import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import type { Settings } from '../../../src/config/options.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import { silentLog } from '../../../src/log.ts';
import { program } from '../support/built.ts';
import { describeShops, type LiveShop, oneSeries, type UserName } from '../support/live-shop.ts';
import { sessionOf } from '../support/session.ts';

/** A client that declares nothing, of a gateway of its own. */
const clientOf = async (
  live: LiveShop,
  user: UserName,
  file: Partial<Settings> = {},
  mode: 'legacy' | { pin: string } = { pin: '2026-07-28' },
): Promise<Client> => {
  const settings = loadSettings({ file: { ADMIN_SITE: live.shop.adminUrl, ...file } });
  const gateway = gatewayOf(settings, silentLog);
  const { cookie, token } = await sessionOf(live, user);
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  const transport = new StreamableHTTPClientTransport(new URL('http://localhost/mcp/'), {
    requestInit: { headers: { host: 'localhost', cookie, 'x-csrftoken': token } },
    fetch: (url, init) => gateway.fetch(new Request(url, init)),
  });
  client.onclose = () => void gateway.close();
  await client.connect(transport);
  return client;
};

const textsOf = async (client: Client, uri: string): Promise<readonly [string, string]> => {
  const { contents } = await client.readResource({ uri });
  const [text, json] = contents.map((content) => ('text' in content ? content.text : ''));
  return [text ?? '', json ?? ''];
};

const valuesOf = async (
  client: Client,
  name: string,
  value: string,
  chosen: Record<string, string> = {},
): Promise<readonly string[]> => {
  const { resourceTemplates } = await client.listResourceTemplates();
  const { completion } = await client.complete({
    ref: { type: 'ref/resource', uri: resourceTemplates[0]?.uriTemplate ?? '' },
    argument: { name, value },
    context: { arguments: chosen },
  });
  return completion.values;
};

/** What hangs on Django is in the operations; both upstreams are asked on one version. */

await describeShops(
  'resources',
  { extras: ['rest-api'], env: { SHOP_REST_API: '1' } },
  (live) => {
    describe.each(['stock', 'rest'] as const)('upstream %s', (UPSTREAM) => {
      it.each([
        ['the 2025 revisions', 'legacy' as const],
        ['2026-07-28', { pin: '2026-07-28' }],
      ])('are an object as text, and as what retrieve answers, for %s', async (_, mode) => {
        const client = await clientOf(live(), 'clerk', { UPSTREAM }, mode);
        const [text, json] = await textsOf(client, 'admin://catalog/product/1');
        const told = await client.callTool({
          name: 'admin_retrieve',
          arguments: { app_label: 'catalog', model_name: 'product', pk: '1', view: 'full' },
        });
        expect(JSON.parse(json)).toEqual(told.structuredContent);
        const { label, fields } = JSON.parse(json);
        const [first] = text.split('\n');
        expect(first).toBe(`${label} (catalog.product 1)`);
        expect(text).toContain(`${fields.name.label}: ${fields.name.value}`);
        expect(text.length).toBeLessThan(json.length / 3);
        await client.close();
      });

      it('have keys with every character that a URL has a meaning for', async () => {
        const client = await clientOf(live(), 'admin', { UPSTREAM });
        // The REST upstream refuses keys that its routes take for something else.
        const keys = UPSTREAM === 'stock' ? ['and/or', '100%', 'c#', 'why?'] : ['100%', 'c#'];
        for (const key of keys) {
          const uri = `admin://lab/keyword/${encodeURIComponent(key)}`;
          const [, json] = await textsOf(client, uri);
          expect(JSON.parse(json)).toMatchObject({ pk: key });
        }
        await client.close();
      });

      it('are not found where there is no such object, model, or none for this gateway', async () => {
        const client = await clientOf(live(), 'clerk', {
          UPSTREAM,
          EXCLUDE_MODELS: ['catalog.brand'],
        });
        for (const uri of [
          'admin://catalog/product/999999',
          'admin://catalog/nothing/1',
          'admin://catalog/brand/1',
        ])
          await expect(client.readResource({ uri })).rejects.toMatchObject({
            code: -32602,
            data: { uri },
          });
        await client.close();
      });

      it('keep secrets, hidden fields and the limits of the user', async () => {
        const hidden = { UPSTREAM, EXCLUDE_FIELDS: ['sales.channel.hashtag'] };
        const admin = await clientOf(live(), 'admin', hidden);
        const both = (await textsOf(admin, 'admin://sales/channel/1')).join('\n');
        expect(both).not.toMatch(/hashtag|#oakshop/);
        const { rows } = await live().inspector.ask({ model: 'sales.channel', filter: { pk: 1 } });
        const [channel] = rows as { api_token: string }[];
        expect(channel?.api_token.length).toBeGreaterThan(3);
        expect(both).not.toContain(channel?.api_token);
        await admin.close();
        const intake = await clientOf(live(), 'intake', { UPSTREAM });
        await expect(
          intake.readResource({ uri: 'admin://catalog/product/1' }),
        ).rejects.toMatchObject({ code: expect.toBeOneOf([-32602, -32603]) });
        await intake.close();
      });

      it('are completed: app, model, and key by the name of the object', async () => {
        const client = await clientOf(live(), 'clerk', { UPSTREAM });
        expect(await valuesOf(client, 'app_label', 'cat')).toEqual(['catalog']);
        const catalog = { app_label: 'catalog' };
        expect(await valuesOf(client, 'model_name', 'prod', catalog)).toEqual(['product']);
        const { structuredContent } = await client.callTool({
          name: 'admin_list',
          arguments: { app_label: 'catalog', model_name: 'product', page_size: 1, view: 'full' },
        });
        const { results } = structuredContent as {
          results: { pk: number; fields: { name: string } }[];
        };
        const product = { ...catalog, model_name: 'product' };
        const [first] = results;
        const byName = await valuesOf(client, 'pk', first?.fields.name ?? '', product);
        expect(byName).toContain(String(first?.pk));
        expect((await valuesOf(client, 'pk', '', product)).length).toBeGreaterThan(byName.length);
        // Nobody can search for tags.
        const tags = await valuesOf(client, 'pk', '', { ...catalog, model_name: 'tag' });
        expect(tags.length).toBeGreaterThan(0);
        await client.close();
      });

      it('of models nobody may see are not completed', async () => {
        const client = await clientOf(live(), 'clerk', {
          UPSTREAM,
          EXCLUDE_MODELS: ['catalog.brand'],
        });
        const brands = { app_label: 'catalog', model_name: 'brand' };
        expect(await valuesOf(client, 'pk', '', brands)).toEqual([]);
        expect(await valuesOf(client, 'model_name', 'brand', { app_label: 'catalog' })).toEqual([]);
        const users = { app_label: 'auth', model_name: 'user' };
        expect(await valuesOf(client, 'pk', 'admin', users)).toEqual([]);
        await client.close();
      });
    });

    it('and prompts are listed to the older SDK before anyone has logged in', async () => {
      const client = new ClientV1({ name: 'test', version: '1' });
      const env = { DJANGO_ADMIN_MCP_API_PROFILE: 'nobody' };
      const args = [program, 'stdio', '--url', live().shop.adminUrl, '--log-level', 'silent'];
      await client.connect(new StdioV1({ command: process.execPath, args, env }));
      expect((await client.listResources()).resources).toHaveLength(1);
      expect((await client.listResourceTemplates()).resourceTemplates).toHaveLength(1);
      expect((await client.listPrompts()).prompts).toHaveLength(3);
      const { completion } = await client.complete({
        ref: { type: 'ref/prompt', name: 'fix_record' },
        argument: { name: 'model', value: '' },
      });
      expect(completion.values).toEqual([]);
      await expect(client.readResource({ uri: 'admin://catalog/product/1' })).rejects.toThrow(
        'django-admin-mcp-api login',
      );
      await client.close();
    });

    it('list the models that a user may see', async () => {
      const client = await clientOf(live(), 'clerk');
      const [text] = await textsOf(client, 'admin://registry');
      expect(text.split('\n')).toContain('catalog.product: Products');
      expect(text).not.toContain('auth.user');
      await client.close();
    });

    it('and prompts complete the model from the registry', async () => {
      const client = await clientOf(live(), 'clerk');
      const { completion } = await client.complete({
        ref: { type: 'ref/prompt', name: 'fix_record' },
        argument: { name: 'model', value: 'order' },
      });
      expect(completion.values).toContain('sales.order');
      expect(completion.values.join()).not.toContain('product');
      await client.close();
    });
  },
  oneSeries,
);
