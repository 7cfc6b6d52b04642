import { adminSiteOf } from '../config/admin-site.ts';
import type { Settings } from '../config/options.ts';
import { parseSite } from '../django/parse-site.ts';
import { listingOptionsOf } from '../listing-options.ts';
import { listingOf } from '../mcp/listing.ts';
import { openConnection } from '../mcp/opening.ts';
import type { RunCommand } from './program.ts';
import { settingsOf } from './settings.ts';

/** A wrong --url is told at once, and not by the first call in the middle of a conversation. */
const checkSite = (settings: Settings): void => {
  parseSite({ adminUrl: adminSiteOf(settings), headers: settings.HEADERS });
};

/** Settings that only the calls' part can tell to be wrong, or warn of: then it loads first. */
const needsProof = ({ AUDIT_FILE, SIGNING_KEY, DISABLED_TOOLS }: Settings): boolean =>
  AUDIT_FILE !== null || SIGNING_KEY !== null || DISABLED_TOOLS.length > 0;

/**
 * Serves MCP on stdin and stdout until the client closes stdin. Only what a client's first
 * questions need is loaded before they are answered: clients start every server that they
 * know, and call few of them.
 */
export const stdio: RunCommand = async (flags) => {
  const settings = await settingsOf(flags);
  checkSite(settings);
  let interrupted = false;
  const over = new Promise<void>((resolve) => {
    const interrupt = (): void => {
      interrupted = true;
      resolve();
    };
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    process.stdin.once('end', resolve).once('close', resolve);
  });
  const listing = listingOf(listingOptionsOf(settings));
  const open = () => openConnection(listing, process.stdin, process.stdout);
  try {
    const opening = needsProof(settings) ? undefined : open();
    await Promise.race([opening?.needed, over]);
    if (interrupted) return 0;
    const { serveCalls } = await import('./stdio-calls.ts');
    const server = serveCalls(settings, () => (opening ?? open()).handOver());
    await over;
    await server.close();
  } finally {
    // An open pipe would keep the process alive.
    process.stdin.destroy();
  }
  return 0;
};
