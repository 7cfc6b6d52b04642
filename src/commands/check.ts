import { checkClient } from './check-client.ts';
import { type CheckResult, runChecks } from './checks.ts';
import type { RunCommand } from './program.ts';
import { settingsOf } from './settings.ts';
import { interruptSignal } from './signal.ts';

const marks = { ok: 'ok     ', warning: 'warning', error: 'ERROR  ', skipped: 'skipped' } as const;

const print = ({ state, title, id, message, hint }: CheckResult): void => {
  const label = id === undefined ? title : `${title} [${id}]`;
  process.stdout.write(`${marks[state]}  ${label}: ${message}\n`);
  if (hint !== undefined) process.stdout.write(`         ${hint}\n`);
};

const textOf = (flag: unknown): string | undefined =>
  flag === undefined ? undefined : String(flag);

/**
 * Checks settings and site step by step, as a doctor does: each step says what it found, and
 * the ones that need it are skipped after a failure. With `--client` it checks that client's
 * file instead. Exit code 1 when anything failed.
 */
export const check: RunCommand = async (flags) => {
  const client = textOf(flags['client']);
  const checks =
    client === undefined
      ? runChecks(await settingsOf(flags), interruptSignal())
      : checkClient(client, { file: textOf(flags['file']), name: textOf(flags['name']) });
  const results: CheckResult[] = [];
  for await (const result of checks) {
    results.push(result);
    if (flags['json'] !== true) print(result);
  }
  if (flags['json'] === true) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  return results.some(({ state }) => state === 'error') ? 1 : 0;
};
