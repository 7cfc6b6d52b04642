import { Hono } from 'hono';
import { faceOf } from './assemble.ts';
import type { Settings } from './config/options.ts';
import type { NamedSite } from './config/sites.ts';
import { clientOf } from './connect.ts';
import { uploadsOf } from './file-places.ts';
import { type AppParts, createApp } from './http/app.ts';
import { createGate } from './http/gate.ts';
import { nothingHere } from './http/nothing-here.ts';
import { uploadsPath } from './http/uploads.ts';
import type { Gateway } from './library.ts';
import type { Log } from './log.ts';
import { createMcpServing } from './mcp/http.ts';
import { createCookieCallers } from './session/cookie-caller.ts';
import { loginAs } from './session/login.ts';
import { probeSession } from './session/probe.ts';
import { whoAmI } from './session/who-am-i.ts';
import { signingKeyOf } from './signing.ts';

interface SiteApp {
  readonly app: Hono;
  readonly close: () => Promise<void>;
}

/** One site with its own connections, callers and gate: a caller of one is nobody on another. */
const siteApp = (settings: Settings, log: Log): SiteApp => {
  const client = clientOf(settings);
  const uploads = uploadsOf(settings, signingKeyOf(settings.SIGNING_KEY));
  const face = faceOf(settings, log, {
    kind: 'served',
    uploads,
    uploadsPath: `${settings.PREFIX}${uploadsPath}`,
  });
  const callerFrom = createCookieCallers({
    client,
    signInHint: 'The user must log in to the admin again and send the new session cookie.',
  });
  const visitorOf: AppParts['visitorOf'] = ({ headers }) => {
    const caller = callerFrom({
      cookie: headers.get('cookie') ?? '',
      csrfToken: headers.get(settings.CSRF_HEADER) ?? undefined,
    });
    return { caller, setCookies: caller.setCookieLines };
  };
  const gate = createGate(async (caller, csrf, signal) => {
    if (csrf !== null) return probeSession(caller, csrf === '' ? undefined : csrf, signal);
    const { standing } = await whoAmI(caller, signal);
    return standing === 'staff' ? 'ok' : standing;
  });
  const app = createApp({
    prefix: settings.PREFIX,
    face,
    serveMcp: createMcpServing(face, (error) =>
      log.warn('mcp.protocol', { message: error.message }),
    ),
    gate,
    uploads,
    logIn: (caller, data, token, signal) => loginAs(caller, data, signal, token),
    guard: {
      allowedHosts: settings.ALLOWED_HOSTS,
      allowedOrigins: [
        ...settings.ALLOWED_ORIGINS,
        client.site.publicOrigin ?? client.site.adminUrl.origin,
      ],
    },
    visitorOf,
    csrfHeader: settings.CSRF_HEADER,
    maxRequestBytes: settings.MAX_REQUEST_BYTES,
    log,
  });
  return { app, close: () => client.close() };
};

/** A gateway from settings that are already loaded; `createGateway` is for everybody else. */
export const gatewayOf = (settings: Settings, log: Log): Gateway =>
  gatewayOfSites([{ name: 'default', settings }], log);

/** The same for several sites, each under its prefix. */
export const gatewayOfSites = (sites: readonly NamedSite[], log: Log): Gateway => {
  const root = new Hono({ strict: false });
  const mounted = sites.map(({ settings }) => {
    const site = siteApp(settings, log);
    root.route(settings.PREFIX, site.app);
    return site;
  });
  root.notFound(() => nothingHere(sites.map(({ settings }) => settings.PREFIX)));
  return {
    fetch: async (request) => root.fetch(request),
    close: async () => {
      await Promise.all(mounted.map(({ close }) => close()));
    },
  };
};
