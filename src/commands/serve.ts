import type { Settings } from '../config/options.ts';
import { processSettings } from '../config/sites.ts';
import { gatewayOfSites } from '../gateway.ts';
import { isLoopback } from '../http/guard.ts';
import { listen } from '../http/listen.ts';
import { createLog } from '../log.ts';
import { GatewayError } from '../operations/errors.ts';
import type { RunCommand } from './program.ts';
import { sitesOf } from './settings.ts';

/** Anyone who can reach the port can try a session here, so the names must be on purpose. */
const assertBindIsMeant = ({ HOST, ALLOWED_HOSTS }: Settings): void => {
  if (isLoopback(HOST) || ALLOWED_HOSTS.length > 0) return;
  throw new GatewayError('config', `Listening on ${HOST} needs the host names to be served.`, {
    hint: 'Name them with --allowed-hosts, for example --allowed-hosts mcp.example.com.',
  });
};

/** Serves MCP over HTTP until it is told to stop; running calls are finished first. */
export const serve: RunCommand = async (flags) => {
  const sites = await sitesOf(flags);
  const settings = processSettings(sites);
  assertBindIsMeant(settings);
  const log = createLog(settings.LOG_LEVEL);
  const gateway = gatewayOfSites(sites, log);
  const server = await listen(gateway.fetch, settings);
  for (const { settings: site } of sites)
    process.stderr.write(
      `MCP: ${server.url}${site.PREFIX.slice(1)}mcp/ for ${site.ADMIN_SITE} (${site.UPSTREAM}).\n`,
    );
  process.stderr.write('Stop with Ctrl+C.\n');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  await server.close();
  await gateway.close();
  return 0;
};
