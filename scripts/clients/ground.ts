import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientId } from '../../src/clients/catalogue.ts';
import { installPacked } from '../lib/packed.mjs';
import { run } from '../lib/run.mjs';
import { startShop } from '../lib/shop.mjs';
import { type Place, serverNames, type Variables } from './application.ts';

/** A user of the example shop, which holds made-up data only. */
const user: Variables = {
  DJANGO_ADMIN_MCP_API_USERNAME: 'admin',
  DJANGO_ADMIN_MCP_API_PASSWORD: 'shop-demo-pass',
};

const startTimeoutMs = 30_000;

export interface Ground extends Place {
  /** What a shell of its user has, and nothing of this machine's user. */
  readonly env: Variables;
  /** The two variables that `headers --export` prints. */
  readonly session: Variables;
  /** Has our `setup` write both servers into the client's own file. */
  readonly setUp: (client: ClientId) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const startServe = async (program: string, url: string, env: Variables) => {
  const child = spawn(program, ['serve', '--port', '0', '--url', url, '--log-level', 'silent'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  const [line] = await once(child.stderr, 'data', { signal: AbortSignal.timeout(startTimeoutMs) });
  const mcpUrl = /http:\S+\/mcp\//.exec(String(line))?.[0];
  if (mcpUrl !== undefined) return { mcpUrl, stop };
  await stop();
  throw new Error(`serve did not start: ${line}`);
};

const exported = (text: string): Variables =>
  Object.fromEntries(
    [...text.matchAll(/^export (\w+)='?(.*?)'?$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );

/**
 * The shop on a real Django, `serve` in front of it, and the packed package in a home directory of
 * its own, from where npx finds it in every folder that a client may start servers in.
 */
export const prepareGround = async (): Promise<Ground> => {
  const home = await mkdtemp(join(tmpdir(), 'clients-'));
  const project = join(home, 'project');
  const endings: (() => Promise<unknown>)[] = [
    () => rm(home, { recursive: true, force: true, maxRetries: 5 }),
  ];
  const stop = async () => {
    for (const end of endings.splice(0).reverse()) await end();
  };
  try {
    const shop = await startShop({ django: '5.2' });
    endings.push(shop.stop);
    const { bin } = await installPacked(home);
    await mkdir(project);
    const program = join(bin, 'django-admin-mcp-api');
    const env = { HOME: home, PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', TERM: 'dumb' };
    const say = async (args: readonly string[], more: Variables = {}): Promise<string> => {
      const { ok, failure, stdout } = await run(program, args, {
        cwd: project,
        env: { ...env, ...more },
        timeoutMs: startTimeoutMs,
      });
      if (!ok) throw new Error(`${args[0]}: ${failure}`);
      return stdout;
    };
    await say(['login', '--url', shop.adminUrl], user);
    const { mcpUrl, stop: stopServe } = await startServe(program, shop.adminUrl, env);
    endings.push(stopServe);
    const session = exported(await say(['headers', '--export', '--url', shop.adminUrl]));
    const setUp = async (client: ClientId) => {
      await say(['setup', client, '--name', serverNames.stdio, '--url', shop.adminUrl]);
      await say(['setup', client, '--name', serverNames.http, '--http', mcpUrl]);
    };
    return { home, project, mcpUrl, env, session, setUp, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
