import { text as readAll } from 'node:stream/consumers';
import { auditTrailOf, layeredUpstream } from '../assemble.ts';
import type { Settings } from '../config/options.ts';
import { callerOf, clientOf } from '../connect.ts';
import { auditRefused, withAudit } from '../layers/audit.ts';
import { disabledIn } from '../listing-options.ts';
import { silentLog } from '../log.ts';
import type { Input, OperationName } from '../operations/catalogue.ts';
import { asGatewayError, GatewayError, type Reason } from '../operations/errors.ts';
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

/**
 * The call as it was typed.
 *
 * @param onRefused told of what is wrong with it before that is thrown
 * @throws GatewayError `input`
 */
const checked = async (
  settings: Settings,
  tool: string,
  given: string | undefined,
  onRefused: (tool: string, reason: Reason) => void,
): Promise<{ readonly operation: OperationName; readonly input: Input<OperationName> }> => {
  const operation = operationOfTool(tool);
  if (operation === undefined) {
    onRefused(tool, 'missing');
    throw new GatewayError('input', `There is no tool "${tool}".`, {
      hint: didYouMean(tool, allToolNames(settings.TOOL_NAMES)),
    });
  }
  try {
    return { operation, input: parseInput(operation, await argumentsOf(given)) };
  } catch (thrown) {
    onRefused(operation, asGatewayError(thrown).reason);
    throw thrown;
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
  // Whoever types a command sees its answer: its line goes to the audit file alone.
  const trail = auditTrailOf(settings, silentLog);
  const client = clientOf(settings);
  try {
    const running: Context = {
      caller: callerOf(settings, client),
      signal: interruptSignal(),
      client: { name: 'call', version: packageVersion },
    };
    const { operation, input } = await checked(settings, tool, given, (name, reason) =>
      auditRefused(trail)(name, reason, running),
    );
    const upstream = withAudit(trail, layeredUpstream(settings, disabledIn(settings).disabled));
    const answer = await runAskingThere((person) =>
      runOperation(upstream, operation, input, {
        ...running,
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
