import { text as readAll } from 'node:stream/consumers';
import { auditTrailOf, layeredUpstream } from '../assemble.ts';
import { callerOf, clientOf } from '../connect.ts';
import { withAudit } from '../layers/audit.ts';
import { disabledIn } from '../listing-options.ts';
import { silentLog } from '../log.ts';
import { GatewayError } from '../operations/errors.ts';
import { allToolNames, operationOfTool } from '../operations/names.ts';
import { didYouMean } from '../operations/nearest.ts';
import { parseInput } from '../operations/parse-input.ts';
import { type Answer, type Context, runOperation } from '../operations/upstream.ts';
import { packageVersion } from '../version.ts';
import { askPerson, isSomebodyThere } from './ask-person.ts';
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

/** Runs the call, and once more with the answer of whoever sits at the terminal, if it asks. */
const runAskingThere = async (run: (person: Context['person']) => Promise<Answer>) => {
  const first = await run(isSomebodyThere() ? {} : undefined);
  return first.question === undefined ? first : run({ answer: await askPerson(first.question) });
};

const scriptHint =
  'A confirm_token is good for a later run only if both have the same DJANGO_ADMIN_MCP_API_SIGNING_KEY. For scripts that need nobody to agree: --confirm never.\n';

/**
 * Calls one tool and prints its answer as JSON; a file that the admin sent goes to stdout as
 * it is. Exit code 1 when the admin refused, or when somebody has to agree first.
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
    // Whoever types a command sees its answer: its line goes to the audit file alone.
    const trail = auditTrailOf(settings, silentLog);
    const upstream = withAudit(trail, layeredUpstream(settings, disabledIn(settings).disabled));
    const caller = callerOf(settings, client);
    const signal = interruptSignal();
    const answer = await runAskingThere((person) =>
      runOperation(upstream, operation, input, {
        caller,
        signal,
        client: { name: 'call', version: packageVersion },
        ...(person === undefined ? {} : { person }),
      }),
    );
    if ('confirm_token' in answer.body && settings.SIGNING_KEY === null)
      process.stderr.write(scriptHint);
    if (answer.file === undefined)
      process.stdout.write(`${JSON.stringify(answer.body, null, 2)}\n`);
    else process.stdout.write(answer.file.bytes);
    return answer.status >= 400 ? refusedCode : 0;
  } finally {
    await client.close();
  }
};
