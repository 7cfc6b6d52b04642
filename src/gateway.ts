import { Hono } from 'hono';
import { faceOf } from './assemble.ts';
import type { Settings } from './config/options.ts';
import { type NamedSite, processSettings } from './config/sites.ts';
import { clientOf } from './connect.ts';
import type { GuardedClient } from './django/breaker.ts';
import { sessionMark } from './django/caller.ts';
import type { Site } from './django/site.ts';
import { uploadsOf } from './file-places.ts';
import { createApp } from './http/app.ts';
import { createGate } from './http/gate.ts';
import { createHealth } from './http/health.ts';
import { createRecentCalls } from './http/landing/recent-calls.ts';
import type { Metrics } from './http/metrics.ts';
import { nothingHere } from './http/nothing-here.ts';
import { createStatusRoutes } from './http/status.ts';
import { uploadsPath } from './http/uploads-path.ts';
import { createBuckets } from './layers/limits/buckets.ts';
import { createSlots } from './layers/limits/slots.ts';
import type { Limits } from './layers/limits.ts';
import type { Gateway } from './library.ts';
import type { Log } from './log.ts';
import { createMcpServing } from './mcp/http.ts';
import { GatewayError } from './operations/errors.ts';
import { isOperationName } from './operations/facts.ts';
import { loginAs } from './session/login.ts';
import { probeSession } from './session/probe.ts';
import { whoAmI } from './session/who-am-i.ts';
import { signingKeyOf } from './signing.ts';
import { visitorsOf } from './visitors.ts';

interface SiteApp {
  readonly app: Hono;
  readonly client: GuardedClient;
}

const limitsOf = (settings: Settings): Limits => ({
  buckets: createBuckets(settings.RATE_PER_MINUTE),
  slots: createSlots({
    total: settings.MAX_CONCURRENT,
    perCaller: settings.MAX_CONCURRENT_PER_CALLER,
    queue: settings.MAX_QUEUED,
  }),
});

/** Where people find the admin. */
const adminAddress = ({ publicOrigin, adminUrl }: Site): string =>
  publicOrigin === undefined ? adminUrl.href : `${publicOrigin}${adminUrl.pathname}`;

/** One site with its own connections, callers and gate: a caller of one is nobody on another. */
const siteApp = (
  { name, settings }: NamedSite,
  log: Log,
  metrics: Metrics | undefined,
): SiteApp => {
  const measures = metrics?.site(name, settings.UPSTREAM);
  const client = clientOf(settings, measures?.django);
  const { site } = client;
  const uploads = uploadsOf(settings, signingKeyOf(settings.SIGNING_KEY));
  const limits = limitsOf(settings);
  const recent = createRecentCalls();
  const face = faceOf(settings, log, {
    limits,
    place: { kind: 'served', uploads, uploadsPath: `${settings.PREFIX}${uploadsPath}` },
    watch: ({ session, tool, model, outcome, status, ms }) => {
      measures?.call({
        tool: isOperationName(tool) ? tool : 'unknown',
        status: status ?? 0,
        seconds: (ms ?? 0) / 1000,
      });
      if (session === undefined) return;
      if (status === 401 || status === 403) gate.forget(session);
      recent.add(session, { at: new Date(), tool, model, outcome, status, ms });
    },
  });
  const gate = createGate(async (caller, csrf, signal) => {
    if (csrf !== null) return probeSession(caller, csrf === '' ? undefined : csrf, signal);
    const { standing } = await whoAmI(caller, signal);
    return standing === 'staff' ? 'ok' : standing;
  });
  measures?.watch({
    running: limits.slots.running,
    waiting: limits.slots.waiting,
    sessions: gate.remembered,
    breaker: client.breaker,
  });
  const app = createApp({
    prefix: settings.PREFIX,
    face,
    serveMcp: createMcpServing(face, (error) =>
      log.warn('mcp.protocol', { message: error.message }),
    ),
    gate,
    uploads,
    landing: {
      admin: adminAddress(site),
      upstream: settings.UPSTREAM,
      snippets: async (endpoint) => {
        const { clientSnippets } = await import('./client-snippets.ts');
        return clientSnippets(settings.SERVER_NAME, settings.CSRF_HEADER, endpoint);
      },
      recent: (caller) => recent.of(sessionMark(caller)),
    },
    logIn: (caller, data, token, signal) => loginAs(caller, data, signal, token),
    guard: {
      allowedHosts: settings.ALLOWED_HOSTS,
      allowedOrigins: [...settings.ALLOWED_ORIGINS, new URL(adminAddress(site)).origin],
    },
    visitorOf: visitorsOf(settings, client),
    csrfHeader: settings.CSRF_HEADER,
    maxRequestBytes: settings.MAX_REQUEST_BYTES,
    maxFormBytes: settings.MAX_REQUEST_BYTES + settings.MAX_UPLOAD_BYTES,
    log,
  });
  return { app, client };
};

/** A gateway from settings that are already loaded; `createGateway` is for everybody else. */
export const gatewayOf = (settings: Settings, log: Log): Gateway =>
  gatewayOfSites([{ name: 'default', settings }], log);

/** A gateway with what a server adds to it. */
export interface ServedGateway extends Gateway {
  /** `/healthz`, `/readyz` and `/metrics`, for a port of their own. */
  readonly status: (request: Request) => Promise<Response>;
}

/** Requests under the origin that clients know, where a proxy has changed it on the way. */
const underOrigin = (origin: string | null): ((request: Request) => Request) => {
  if (origin === null) return (request) => request;
  if (!URL.canParse(origin) || new URL(origin).origin !== origin.replace(/\/$/, ''))
    throw new GatewayError('config', 'GATEWAY_ORIGIN must be a scheme and host and no more.', {
      hint: 'Such as https://mcp.shop.example.',
    });
  return (request) => {
    const { pathname, search } = new URL(request.url);
    return new Request(new URL(`${pathname}${search}`, origin), request);
  };
};

/**
 * The same for several sites, each under its prefix.
 *
 * @param metrics also served at `/metrics` where METRICS is set
 */
export const gatewayOfSites = (
  sites: readonly NamedSite[],
  log: Log,
  metrics?: Metrics,
): ServedGateway => {
  const { METRICS, GATEWAY_ORIGIN } = processSettings(sites);
  const asReached = underOrigin(GATEWAY_ORIGIN);
  const mounted = sites.map((site) => ({ ...siteApp(site, log, metrics), ...site }));
  const health = createHealth(mounted.map(({ client }) => client));
  const root = new Hono({ strict: false });
  root.route('/', createStatusRoutes(health, METRICS ? metrics : undefined));
  for (const { settings, app } of mounted) root.route(settings.PREFIX, app);
  root.notFound(() => nothingHere(sites.map(({ settings }) => settings.PREFIX)));
  const status = createStatusRoutes(health, metrics);
  return {
    fetch: async (request) => root.fetch(asReached(request)),
    status: async (request) => status.fetch(request),
    close: async () => {
      await Promise.all(mounted.map(({ client }) => client.close()));
    },
  };
};
