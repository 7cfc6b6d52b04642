import { faceOf, loadAhead } from '../assemble.ts';
import type { Settings } from '../config/options.ts';
import { callerOf, clientOf } from '../connect.ts';
import type { DjangoClient } from '../django/client.ts';
import { createLog, withoutQuotes } from '../log.ts';
import type { Begun } from '../mcp/opening.ts';
import { runStdio } from '../mcp/stdio.ts';
import type { SessionCaller } from '../session/session-caller.ts';

/** Serves what a connection asks once it has listed the tools: calls, and all the rest of MCP. */
export const serveCalls = (
  settings: Settings,
  begun: () => Begun,
): { readonly close: () => Promise<void> } => {
  const log = createLog(settings.LOG_LEVEL, settings.LOG_FORMAT);
  let session: { client: DjangoClient; caller: SessionCaller } | undefined;
  const open = () => {
    const client = clientOf(settings);
    const caller = callerOf(settings, client, (error) =>
      log.warn('session.not_stored', { message: error instanceof Error ? error.message : '' }),
    );
    return { client, caller };
  };
  // Before anything is taken over: a wrong setting is told by it.
  const face = faceOf(settings, log);
  const server = runStdio(
    face,
    begun(),
    process.stdout,
    async () => {
      session ??= open();
      return session.caller;
    },
    (error) => log.warn('mcp.protocol', { message: withoutQuotes(error.message) }),
  );
  // What was asked meanwhile goes first.
  setImmediate(() => void loadAhead(settings));
  return {
    close: async () => {
      await server.close();
      await session?.client.close();
    },
  };
};
