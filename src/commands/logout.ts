import { callerOf, clientOf } from '../connect.ts';
import { logout as endSession } from '../session/logout.ts';
import type { RunCommand } from './program.ts';
import { settingsOf } from './settings.ts';
import { interruptSignal } from './signal.ts';

/** Ends the stored session, in Django and here. Logs in for nothing: credentials are left out. */
export const logout: RunCommand = async (flags) => {
  const settings = { ...(await settingsOf(flags)), USERNAME: null, PASSWORD: null };
  const client = clientOf(settings);
  try {
    const ended = await endSession(callerOf(settings, client), interruptSignal());
    process.stdout.write(
      ended
        ? `Logged out of ${client.site.adminUrl.href}.\n`
        : `There was no live session for ${client.site.adminUrl.href}; nothing is stored any more.\n`,
    );
    return 0;
  } finally {
    await client.close();
  }
};
