import { faceOf } from './assemble.ts';
import type { Settings } from './config/options.ts';
import { clientOf } from './connect.ts';
import { type AppParts, createApp } from './http/app.ts';
import { createGate } from './http/gate.ts';
import type { Gateway } from './library.ts';
import type { Log } from './log.ts';
import { createMcpServing } from './mcp/http.ts';
import { createCookieCallers } from './session/cookie-caller.ts';
import { loginAs } from './session/login.ts';
import { probeSession } from './session/probe.ts';
import { whoAmI } from './session/who-am-i.ts';

/** A gateway from settings that are already loaded; `createGateway` is for everybody else. */
export const gatewayOf = (settings: Settings, log: Log): Gateway => {
  const client = clientOf(settings);
  const face = faceOf(settings, log);
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
    face,
    serveMcp: createMcpServing(face, (error) =>
      log.warn('mcp.protocol', { message: error.message }),
    ),
    gate,
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
  return { fetch: async (request) => app.fetch(request), close: () => client.close() };
};
