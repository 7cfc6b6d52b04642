import { disabledIn } from '../listing-options.ts';
import { toolEntries, unlistedTools } from '../mcp/tools.ts';
import { GatewayError } from '../operations/errors.ts';
import { allToolNames, operationOfTool, toolName } from '../operations/names.ts';
import { didYouMean } from '../operations/nearest.ts';
import type { RunCommand } from './program.ts';
import { settingsOf } from './settings.ts';

/** Lists the tools that the settings leave, or shows one with its schemas. Needs no site. */
export const tools: RunCommand = async (flags, name) => {
  const settings = await settingsOf(flags);
  const style = settings.TOOL_NAMES;
  const entries = toolEntries(
    style,
    unlistedTools({ disabled: disabledIn(settings).disabled, readOnly: settings.READ_ONLY }),
  );
  if (name === undefined && flags['json'] !== true) {
    const width = Math.max(...entries.map((entry) => entry.name.length));
    for (const entry of entries)
      process.stdout.write(`${entry.name.padEnd(width)}  ${entry.title}\n`);
    return 0;
  }
  const operation = name === undefined ? undefined : operationOfTool(name);
  if (name !== undefined && operation === undefined)
    throw new GatewayError('input', `There is no tool "${name}".`, {
      hint: didYouMean(name, allToolNames(style)),
    });
  const shown =
    operation === undefined
      ? entries
      : entries.find((entry) => entry.name === toolName(operation, style));
  if (shown === undefined)
    throw new GatewayError('input', `The tool "${name}" is disabled by DISABLED_TOOLS.`);
  process.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
  return 0;
};
