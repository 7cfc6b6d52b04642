import { faceOf } from '../assemble.ts';
import type { DjangoClient } from '../django/client.ts';
import { createLog, withoutQuotes } from '../log.ts';
import { runStdio } from '../mcp/stdio.ts';
import type { SessionCaller } from '../session/session-caller.ts';
import type { RunCommand } from './program.ts';
import { settingsOf } from './settings.ts';

/**
 * Serves MCP on stdin and stdout until the client closes stdin. The way to Django loads with
 * the first tool call: a client that only lists tools never waits for it.
 */
export const stdio: RunCommand = async (flags) => {
  const settings = await settingsOf(flags);
  const log = createLog(settings.LOG_LEVEL, settings.LOG_FORMAT);
  let session: Promise<{ client: DjangoClient; caller: SessionCaller }> | undefined;
  const open = async () => {
    const { callerOf, clientOf } = await import('../connect.ts');
    const client = clientOf(settings);
    const caller = callerOf(settings, client, (error) =>
      log.warn('session.not_stored', { message: error instanceof Error ? error.message : '' }),
    );
    return { client, caller };
  };
  // A wrong --url is told at once, and not by the first call in the middle of a conversation.
  const { parseSite } = await import('../django/parse-site.ts');
  if (settings.ADMIN_SITE === null) await open();
  else parseSite({ adminUrl: settings.ADMIN_SITE, headers: settings.HEADERS });

  const server = runStdio(
    faceOf(settings, log),
    async () => {
      session ??= open();
      return (await session).caller;
    },
    (error) => log.warn('mcp.protocol', { message: withoutQuotes(error.message) }),
  );
  await new Promise<void>((resolve) => {
    process.stdin.once('end', resolve).once('close', resolve);
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  await server.close();
  await (await session)?.client.close();
  return 0;
};
