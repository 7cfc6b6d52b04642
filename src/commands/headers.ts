import { quoteForShell } from '../clients/links.ts';
import { httpServer } from '../clients/server.ts';
import { callerOf, clientOf } from '../connect.ts';
import { GatewayError } from '../operations/errors.ts';
import { whoAmI } from '../session/who-am-i.ts';
import type { RunCommand } from './program.ts';
import { settingsOf } from './settings.ts';
import { interruptSignal } from './signal.ts';

/**
 * Prints the stored session as the headers that `serve` wants, for programs that speak HTTP:
 * as JSON, or with `--export` as variables for a shell. They are a secret: whoever has them is
 * that user until they log out.
 */
export const headers: RunCommand = async (flags) => {
  const settings = await settingsOf(flags);
  const client = clientOf(settings);
  const signal = interruptSignal();
  try {
    const caller = callerOf(settings, client);
    const { standing } = await whoAmI(caller, signal);
    if (standing !== 'staff' && !(await caller.renew(signal)))
      throw new GatewayError('anonymous', 'There is no live session.', { hint: caller.signInHint });
    const token = await caller.csrfToken(signal);
    const cookie = caller
      .cookies()
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
    const values = [cookie, token];
    const { secrets } = httpServer('', '', settings.CSRF_HEADER);
    if (flags['export'] === true)
      secrets.forEach(({ variable }, at) => {
        process.stdout.write(`export ${variable}=${quoteForShell(values[at] ?? '')}\n`);
      });
    else
      process.stdout.write(
        `${JSON.stringify(Object.fromEntries(secrets.map(({ name }, at) => [name, values[at]])))}\n`,
      );
    return 0;
  } finally {
    await client.close();
  }
};
