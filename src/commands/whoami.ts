import { callerOf, clientOf } from '../connect.ts';
import { GatewayError } from '../operations/errors.ts';
import { type Identity, whoAmI } from '../session/who-am-i.ts';
import { exitCodeOf } from './exit.ts';
import type { RunCommand } from './program.ts';
import { settingsOf } from './settings.ts';
import { interruptSignal } from './signal.ts';

const nobody = (error: unknown): Identity => {
  if (error instanceof GatewayError && error.reason === 'anonymous')
    return { standing: 'anonymous', userName: undefined, signOnHost: undefined };
  throw error;
};

/** Tells whose session `stdio` and `call` would use. Exit code 3 when it does not reach the admin. */
export const whoami: RunCommand = async (flags) => {
  const settings = await settingsOf(flags);
  const client = clientOf(settings);
  try {
    const caller = callerOf(settings, client);
    const { standing, userName, signOnHost } = await whoAmI(caller, interruptSignal()).catch(
      nobody,
    );
    const url = client.site.adminUrl.href;
    if (flags['json'] === true)
      process.stdout.write(
        `${JSON.stringify({ admin: url, standing, user: userName ?? null, sign_on: signOnHost ?? null })}\n`,
      );
    else if (standing === 'staff')
      process.stdout.write(`${userName ?? 'A staff user'} at ${url}\n`);
    else if (standing === 'not_staff')
      process.stdout.write(`Logged in at ${url}, but not as staff of this admin.\n`);
    else process.stdout.write(`Nobody is logged in at ${url}. ${caller.signInHint}\n`);
    return standing === 'staff' ? 0 : exitCodeOf.anonymous;
  } finally {
    await client.close();
  }
};
