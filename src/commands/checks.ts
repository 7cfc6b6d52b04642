import { lookup } from 'node:dns/promises';
import { faceOf, layeredUpstream } from '../assemble.ts';
import type { Settings } from '../config/options.ts';
import { callerOf, clientOf } from '../connect.ts';
import type { DjangoClient } from '../django/client.ts';
import { disabledIn } from '../listing-options.ts';
import { silentLog } from '../log.ts';
import { createMcpServing } from '../mcp/http.ts';
import { asGatewayError, GatewayError } from '../operations/errors.ts';
import type { Answer } from '../operations/upstream.ts';
import type { SessionCaller } from '../session/session-caller.ts';
import { whoAmI } from '../session/who-am-i.ts';
import { hasGlobs, unmatchedGlobs } from './unmatched-globs.ts';

/** One step of `check`. The ids are those of the Django system checks that they replace. */
export interface CheckResult {
  readonly title: string;
  readonly state: 'ok' | 'warning' | 'error' | 'skipped';
  /** `E001` no usable upstream, `E002` no admin at `ADMIN_SITE`, `W001` unknown names in `DISABLED_TOOLS`, `W002` globs that name no model. */
  readonly id?: 'E001' | 'E002' | 'W001' | 'W002';
  readonly message: string;
  readonly hint?: string;
}

/** What the steps share; each one may rely on what those before it have put there. */
interface Workspace {
  readonly settings: Settings;
  readonly signal: AbortSignal;
  readonly client: DjangoClient;
  readonly caller: SessionCaller;
}

interface Step {
  readonly title: string;
  readonly id?: 'E001' | 'E002';
  readonly run: (workspace: Workspace) => Promise<string>;
}

const dns: Step = {
  title: 'host',
  run: async ({ client: { site } }) => {
    const { hostname } = site.adminUrl;
    const addresses = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true }).catch(
      (cause) => {
        throw new GatewayError('upstream', `The name ${hostname} is not known to DNS.`, {
          hint: 'Check the spelling of --url.',
          cause,
        });
      },
    );
    return addresses.map(({ address }) => address).join(', ');
  },
};

/** A page that every Django admin shows to everybody, so that it needs no session. */
const adminFound: Step = {
  title: 'admin',
  id: 'E002',
  run: async ({ client, signal }) => {
    const { site } = client;
    const { standing, signOnHost } = await whoAmI(
      { site, send: (request) => client.send(request, { cookie: '', signal }) },
      signal,
    );
    if (signOnHost !== undefined && signOnHost !== site.adminUrl.host)
      return `found; its login is at ${signOnHost}, so hand in a session cookie`;
    return standing === 'anonymous'
      ? `found at ${site.adminUrl.href}`
      : 'found; it lets anybody in';
  },
};

const session: Step = {
  title: 'session',
  run: async ({ caller, signal }) => {
    const { standing, userName } = await whoAmI(caller, signal);
    if (standing === 'staff') return `${userName ?? 'a staff user'}, staff`;
    if (standing === 'anonymous' && (await caller.renew(signal))) return 'logged in anew';
    throw new GatewayError(
      standing === 'not_staff' ? 'forbidden' : 'anonymous',
      standing === 'not_staff'
        ? 'This account may not use the admin: it needs is_active and is_staff.'
        : 'Nobody is logged in.',
      { hint: caller.signInHint },
    );
  },
};

const modelsIn = (answer: Answer): number => {
  const apps = answer.body['apps'];
  if (!Array.isArray(apps)) return 0;
  return apps.reduce<number>((count, app) => {
    const models = typeof app === 'object' && app !== null && 'models' in app ? app['models'] : [];
    return count + (Array.isArray(models) ? models.length : 0);
  }, 0);
};

/** Without what the operator leaves out, so that it can be seen whether it leaves anything out. */
const wholeRegistry = ({ settings, caller, signal }: Workspace): Promise<Answer> =>
  layeredUpstream({ ...settings, MODELS: [], EXCLUDE_MODELS: [] }, new Set()).registry(
    {},
    { caller, signal },
  );

const upstreamUsable: Step = {
  title: 'upstream',
  id: 'E001',
  run: async (workspace) => {
    const { settings, caller, signal } = workspace;
    const answer = await wholeRegistry(workspace);
    if (answer.status !== 200)
      throw new GatewayError('upstream', `The registry answered with status ${answer.status}.`);
    const models = modelsIn(answer);
    if (models === 0)
      throw new GatewayError('forbidden', 'This account sees no model in the admin.', {
        hint: 'Give it view permission on some.',
      });
    const upstream = layeredUpstream(settings, new Set());
    const served = modelsIn(await upstream.registry({}, { caller, signal }));
    return `${settings.UPSTREAM}, ${models} models visible${served === models ? '' : `, ${served} served`}`;
  },
};

/** A whole conversation with ourselves, without a socket. */
const handshake: Step = {
  title: 'MCP',
  run: async ({ settings, caller }) => {
    const serve = createMcpServing(faceOf(settings, silentLog), () => undefined);
    const ask = async (method: string, params: object): Promise<Record<string, unknown>> => {
      const request = new Request('http://127.0.0.1/mcp/', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
      });
      const response = await serve(request, { jsonrpc: '2.0', id: 1, method, params }, caller);
      const { result } = (await response.json()) as { result?: Record<string, unknown> };
      if (result === undefined)
        throw new GatewayError('internal', `${method} of our own MCP server failed.`);
      return result;
    };
    const { protocolVersion } = await ask('initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'check', version: '1' },
    });
    const { tools } = await ask('tools/list', {});
    return `revision ${protocolVersion}, ${Array.isArray(tools) ? tools.length : 0} tools`;
  },
};

const steps: readonly Step[] = [dns, adminFound, session, upstreamUsable, handshake];

const failure = (step: Step, thrown: unknown): CheckResult => {
  const { message, hint } = asGatewayError(thrown);
  return {
    title: step.title,
    state: 'error',
    message,
    ...(step.id === undefined ? {} : { id: step.id }),
    ...(hint === undefined ? {} : { hint }),
  };
};

/** Checks the settings, then the site as far as it goes; what needs a failed step is skipped. */
export async function* runChecks(
  settings: Settings,
  signal: AbortSignal,
): AsyncGenerator<CheckResult> {
  for (const message of disabledIn(settings).warnings)
    yield { title: 'settings', state: 'warning', id: 'W001', message };
  let client: DjangoClient;
  try {
    client = clientOf(settings);
    yield { title: 'settings', state: 'ok', message: client.site.adminUrl.href };
  } catch (error) {
    yield failure({ title: 'settings', id: 'E002', run: async () => '' }, error);
    return;
  }
  const workspace = { settings, signal, client, caller: callerOf(settings, client) };
  let failed = false;
  try {
    for (const step of steps) {
      if (failed) {
        yield { title: step.title, state: 'skipped', message: 'needs the step before' };
        continue;
      }
      try {
        yield { title: step.title, state: 'ok', message: await step.run(workspace) };
      } catch (error) {
        failed = true;
        yield failure(step, error);
      }
    }
    if (!failed && hasGlobs(settings))
      for (const message of unmatchedGlobs(settings, (await wholeRegistry(workspace)).body))
        yield { title: 'policy', state: 'warning', id: 'W002', message };
  } finally {
    await client.close();
  }
}
