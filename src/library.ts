import type { Settings } from './config/options.ts';
import { loadSites, processSettings } from './config/sites.ts';
import { gatewayOfSites } from './gateway.ts';
import { createLog } from './log.ts';

/** A gateway for one Django admin or several, as a web-standard fetch handler. */
export interface Gateway {
  /** Answers `<prefix>mcp/`, `<prefix>mcp/manifest/` and `<prefix>api/v1/…` of each site. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** Waits for running calls to Django and closes the connections. */
  readonly close: () => Promise<void>;
}

type SettingsGiven = { readonly [Key in keyof Settings]?: Settings[Key] };

/**
 * Settings by the keys of the configuration file: `{ ADMIN_SITE: 'https://…/admin/' }`, or
 * several `sites`, each with a `name`, an `ADMIN_SITE` and a `PREFIX`.
 */
export type GatewayOptions = SettingsGiven & {
  readonly sites?: readonly (SettingsGiven & { readonly name: string })[];
};

/**
 * A gateway in front of Django. Callers bring their own admin session (cookies and
 * CSRF header) with each request; nothing of it is kept.
 *
 * @throws GatewayError `config`, naming the setting and what it should be
 */
export const createGateway = (options: GatewayOptions): Gateway => {
  const sites = loadSites({ file: options });
  const { LOG_LEVEL, LOG_FORMAT } = processSettings(sites);
  return gatewayOfSites(sites, createLog(LOG_LEVEL, LOG_FORMAT));
};
