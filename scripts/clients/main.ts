import type { Application, Seen } from './application.ts';
import { claudeCode } from './claude-code.ts';
import { codex } from './codex.ts';
import { copilotCli } from './copilot-cli.ts';
import { gemini } from './gemini.ts';
import { type Ground, prepareGround } from './ground.ts';
import { inspector } from './inspector.ts';
import { installApplications } from './install.ts';
import { pinned } from './pinned.ts';

const applications: readonly Application[] = [claudeCode, codex, gemini, copilotCli, inspector];

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const line = (...cells: readonly string[]): string =>
  cells.map((cell, at) => cell.padEnd([16, 10, 14, 14][at] ?? 0)).join(' ');

const verdict = ({ connected }: Seen): string => (connected ? 'connected' : 'not connected');

/**
 * Lets the application start both servers from the file that our `setup` wrote. It is then asked
 * again without a session: only who can say "not connected" is believed to be connected.
 */
const check = async (application: Application, ground: Ground): Promise<boolean> => {
  await ground.setUp(application.client);
  const signedIn = await application.look(ground, { ...ground.env, ...ground.session });
  const without = await application.look(ground, ground.env);
  const version = pinned[application.package];
  print(
    line(
      application.title,
      version,
      verdict(signedIn.stdio),
      verdict(signedIn.http),
      verdict(without.http),
    ),
  );
  for (const said of [signedIn.stdio.said, signedIn.http.said, without.http.said])
    print(`  ${said.slice(0, 200)}`);
  return signedIn.stdio.connected && signedIn.http.connected && !without.http.connected;
};

/**
 * Starts the real client applications on what `setup` writes for them. Exit code 1 where one says
 * that it does not connect.
 */
const clients = async (): Promise<number> => {
  const named = process.argv.slice(2);
  const chosen = applications.filter(
    ({ package: name }) => named.length === 0 || named.some((part) => name.includes(part)),
  );
  await installApplications();
  const ground = await prepareGround();
  try {
    print(line('client', 'version', 'stdio', 'HTTP', 'HTTP without a session'));
    let failed = 0;
    for (const application of chosen) if (!(await check(application, ground))) failed += 1;
    print(`\n${chosen.length - failed} of ${chosen.length} connect.`);
    return failed === 0 && chosen.length > 0 ? 0 : 1;
  } finally {
    await ground.stop();
  }
};

process.exitCode = await clients();
