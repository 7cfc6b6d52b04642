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

/**
 * Checks settings and site step by step, as a doctor does: each step says what it found, and
 * the ones that need it are skipped after a failure. Exit code 1 when any step failed.
 */
export const check: RunCommand = async (flags) => {
  const settings = await settingsOf(flags);
  const results: CheckResult[] = [];
  for await (const result of runChecks(settings, interruptSignal())) {
    results.push(result);
    if (flags['json'] !== true) print(result);
  }
  if (flags['json'] === true) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  return results.some(({ state }) => state === 'error') ? 1 : 0;
};
