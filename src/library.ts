import { loadSettings } from './config/load.ts';
import type { Settings } from './config/options.ts';
import { gatewayOf } from './gateway.ts';
import { createLog } from './log.ts';

/** A gateway for one Django admin, as a web-standard fetch handler. */
export interface Gateway {
  /** Answers `POST /mcp/`, `GET /mcp/` and `GET /mcp/manifest/`. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Waits for running calls to Django and closes the connections. */
  readonly close: () => Promise<void>;
}

/** Settings by the keys of the configuration file: `{ ADMIN_SITE: 'https://…/admin/' }`. */
export type GatewayOptions = { readonly [Key in keyof Settings]?: Settings[Key] };

/**
 * A gateway in front of one Django admin. Callers bring their own admin session (cookies and
 * CSRF header) with each request; nothing of it is kept.
 *
 * @throws GatewayError `config`, naming the setting and what it should be
 */
export const createGateway = (options: GatewayOptions): Gateway => {
  const settings = loadSettings({ file: options });
  return gatewayOf(settings, createLog(settings.LOG_LEVEL));
};
