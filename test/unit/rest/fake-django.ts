import type { Caller } from '../../../src/django/caller.ts';
import type { DjangoRequest, DjangoResponse } from '../../../src/django/messages.ts';
import { parseSite } from '../../../src/django/parse-site.ts';
import { GatewayError } from '../../../src/operations/errors.ts';
import type { JsonObject } from '../../../src/operations/json.ts';
import type { Context } from '../../../src/operations/upstream.ts';

export interface Reply {
  readonly status?: number;
  readonly json?: JsonObject;
  /** A page, where there is no `json`. */
  readonly html?: string;
  readonly location?: string;
  readonly type?: string;
}

export const responseOf = ({
  status = 200,
  json,
  html = '',
  location,
  type,
}: Reply): DjangoResponse => ({
  status,
  headers: { 'content-type': type ?? (json === undefined ? 'text/html' : 'application/json') },
  bytes: new Uint8Array(),
  text: json === undefined ? html : JSON.stringify(json),
  path: '/api/v1/lab/thing/1/',
  location: location === undefined ? undefined : new URL(location, 'http://shop.test'),
  setCookies: new Map(),
  setCookieLines: [],
});

export interface FakeDjango {
  readonly context: Context;
  /** Every request so far, as `PATCH /api/v1/…` with its JSON. */
  readonly sent: { readonly line: string; readonly body: unknown }[];
}

/** A Django that knows these `METHOD /path` lines and nothing else. */
export const fakeDjango = (replies: Readonly<Record<string, Reply>>): FakeDjango => {
  const sent: FakeDjango['sent'] = [];
  const caller: Caller = {
    site: parseSite({ adminUrl: 'http://shop.test/admin/' }),
    send: async (request: DjangoRequest) => {
      const line = `${request.method} ${request.path}`;
      sent.push({ line, body: request.body?.kind === 'json' ? request.body.value : undefined });
      const reply = replies[line];
      if (reply === undefined) throw new Error(`no reply to ${line}`);
      return responseOf(reply);
    },
    csrfToken: async () => 'token',
    renew: async () => false,
    exclusive: (run) => run(),
    fingerprint: () => 'me',
    hasSession: async () => true,
    signInHint: 'Log in.',
  };
  return { sent, context: { caller, signal: new AbortController().signal } };
};

export const errorOf = async (call: Promise<unknown>): Promise<GatewayError> => {
  const outcome = await call.catch((error: unknown) => error);
  if (outcome instanceof GatewayError) return outcome;
  throw new Error(`expected a GatewayError, got ${String(outcome)}`);
};
