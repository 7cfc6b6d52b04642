import { text as readAll } from 'node:stream/consumers';
import { disabledIn, layeredUpstream } from '../assemble.ts';
import { callerOf, clientOf } from '../connect.ts';
import { GatewayError } from '../operations/errors.ts';
import { allToolNames, operationOfTool } from '../operations/names.ts';
import { didYouMean } from '../operations/nearest.ts';
import { parseInput } from '../operations/parse-input.ts';
import { runOperation } from '../operations/upstream.ts';
import type { RunCommand } from './program.ts';
import { settingsOf } from './settings.ts';
import { interruptSignal } from './signal.ts';

/** The exit code for an answer in which the admin refused. */
const refusedCode = 1;

const argumentsOf = async (given: string | undefined): Promise<unknown> => {
  const json = given === '-' ? await readAll(process.stdin) : (given ?? '{}');
  try {
    return JSON.parse(json);
  } catch {
    throw new GatewayError('input', 'The arguments are not valid JSON.', {
      hint: `Quote them for the shell: call list '{"app_label": "auth", "model_name": "user"}'`,
    });
  }
};

/**
 * Calls one tool and prints its answer as JSON; a file that the admin sent goes to stdout as
 * it is. Exit code 1 when the admin refused.
 */
export const call: RunCommand = async (flags, tool = '', given) => {
  const settings = await settingsOf(flags);
  const operation = operationOfTool(tool);
  if (operation === undefined)
    throw new GatewayError('input', `There is no tool "${tool}".`, {
      hint: didYouMean(tool, allToolNames(settings.TOOL_NAMES)),
    });
  const input = parseInput(operation, await argumentsOf(given));
  const client = clientOf(settings);
  try {
    const upstream = layeredUpstream(settings, disabledIn(settings).disabled);
    const caller = callerOf(settings, client);
    const answer = await runOperation(upstream, operation, input, {
      caller,
      signal: interruptSignal(),
    });
    if (answer.file === undefined)
      process.stdout.write(`${JSON.stringify(answer.body, null, 2)}\n`);
    else process.stdout.write(answer.file.bytes);
    return answer.status >= 400 ? refusedCode : 0;
  } finally {
    await client.close();
  }
};
