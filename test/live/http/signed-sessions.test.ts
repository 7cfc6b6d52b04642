import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadSettings } from '../../../src/config/load.ts';
import { gatewayOf } from '../../../src/gateway.ts';
import type { Gateway } from '../../../src/library.ts';
import { silentLog } from '../../../src/log.ts';
import { prefix, program } from '../support/built.ts';
import { describeShops, oneSeries, password } from '../support/live-shop.ts';
import { type Session, sessionOf } from '../support/session.ts';
import { callTool } from './mcp-client.ts';

const tags = { app_label: 'catalog', model_name: 'tag' };
/** Django signs a session with the time in whole seconds. */
const anotherSecond = () => setTimeout(1_100);

await describeShops(
  'a site whose session is a signed cookie, another one in each answer',
  { env: { SHOP_REST_API: '0', SHOP_SESSIONS: 'signed', SHOP_MESSAGES: 'session' } },
  (live) => {
    let gateway: Gateway;

    beforeAll(() => {
      gateway = gatewayOf(loadSettings({ file: { ADMIN_SITE: live().shop.adminUrl } }), silentLog);
    });
    afterAll(() => gateway.close());

    let made = 0;
    const freshTag = async () => {
      made += 1;
      const values = { name: `Fresh ${made}`, slug: `fresh-${made}` };
      const { pk } = await live().inspector.ask({ create: { model: 'catalog.tag', values } });
      return { ...tags, pk: String(pk) };
    };
    const isThere = async (pk: string) =>
      (await live().inspector.ask({ count: 'catalog.tag', filter: { pk } }))['count'] === 1;

    /** A client that keeps the cookies it is given, as browsers do. */
    const keeping = (session: Session) => {
      const jar = new Map(
        session.cookie.split('; ').map((pair) => {
          const at = pair.indexOf('=');
          return [pair.slice(0, at), pair.slice(at + 1)] as const;
        }),
      );
      const seen = new Set<string | undefined>();
      const call = async (name: string, given: object) => {
        const cookie = [...jar].map(([key, value]) => `${key}=${value}`).join('; ');
        const answer = await callTool(gateway, { ...session, cookie }, name, given);
        for (const line of answer.headers.getSetCookie()) {
          const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          jar.set(key, value);
        }
        seen.add(jar.get('sessionid'));
        return answer;
      };
      return { call, seen };
    };

    it('takes what was agreed to over HTTP, whatever was done in between', async () => {
      const tag = await freshTag();
      const { call, seen } = keeping(await sessionOf(live(), 'admin'));
      const { body } = await call('admin_destroy', tag);
      expect(body).toMatchObject({ error: { code: 'confirmation_required' } });
      await anotherSecond();
      await call('admin_update', { ...tag, pk: '1', data: { name: `Between ${made}` } });
      await anotherSecond();
      await call('admin_list', tags);
      expect(seen.size).toBeGreaterThan(1);
      const { confirm_token } = body;
      expect((await call('admin_destroy', { ...tag, confirm_token })).body).toMatchObject({
        deleted: true,
      });
      expect(await isThere(tag.pk)).toBe(false);
    });

    it('takes it from nobody else, whatever cookie they send with theirs', async () => {
      const tag = await freshTag();
      const admin = await sessionOf(live(), 'admin');
      const clerk = await sessionOf(live(), 'clerk');
      const asked = await callTool(gateway, admin, 'admin_destroy', tag);
      const given = { ...tag, confirm_token: asked.body.confirm_token };
      const [own = ''] = /sessionid=[^;]+/.exec(clerk.cookie) ?? [];
      const [theirs = ''] = /sessionid=[^;]+/.exec(admin.cookie) ?? [];
      const forged = theirs.replace(/[^:]+$/, own.split(':').at(-1) ?? '');
      for (const cookie of [
        clerk.cookie,
        `${clerk.cookie}; other${theirs}`,
        `${theirs}; ${clerk.cookie}`,
        clerk.cookie.replace(own, forged),
      ]) {
        const { status, body } = await callTool(
          gateway,
          { ...clerk, cookie },
          'admin_destroy',
          given,
        );
        expect(status === 401 || body.error.reason === 'other_caller', cookie).toBe(true);
      }
      expect(await isThere(tag.pk)).toBe(true);
    });

    it('takes what was agreed to over stdio, whatever was done in between', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'signed-'));
      const client = new Client({ name: 'test', version: '1' });
      const env = {
        PATH: process.env['PATH'] ?? '',
        [`${prefix}ADMIN_SITE`]: live().shop.adminUrl,
        [`${prefix}USERNAME`]: 'admin',
        [`${prefix}PASSWORD`]: password,
        [`${prefix}SESSION_DIR`]: folder,
      };
      const args = [program, 'stdio', '--log-level', 'silent'];
      await client.connect(new StdioClientTransport({ command: process.execPath, args, env }));
      const call = async (name: string, given: Record<string, unknown>) => {
        const { content } = await client.callTool({ name, arguments: given });
        const [block] = content as { text: string }[];
        return JSON.parse(block?.text ?? '{}') as Record<string, unknown>;
      };
      const tag = await freshTag();
      const { confirm_token } = await call('admin_destroy', tag);
      await anotherSecond();
      await call('admin_list', tags);
      expect(await call('admin_destroy', { ...tag, confirm_token })).toMatchObject({
        deleted: true,
      });
      await client.close();
      await rm(folder, { recursive: true, force: true });
    });
  },
  oneSeries,
);
