import type { Settings } from './config/options.ts';
import type { ListingOptions } from './mcp/listing.ts';
import type { OperationName } from './operations/catalogue.ts';
import { allToolNames, operationOfTool } from './operations/names.ts';
import { didYouMean } from './operations/nearest.ts';
import { packageVersion } from './version.ts';

export interface Disabled {
  readonly disabled: ReadonlySet<OperationName>;
  /** W001: names in `DISABLED_TOOLS` that are no tools, each with advice. */
  readonly warnings: readonly string[];
}

/** The operations that `DISABLED_TOOLS` names, in any spelling. */
export const disabledIn = (settings: Settings): Disabled => {
  const disabled = new Set<OperationName>();
  const warnings: string[] = [];
  for (const name of settings.DISABLED_TOOLS) {
    const operation = operationOfTool(name);
    if (operation !== undefined) disabled.add(operation);
    else
      warnings.push(
        `DISABLED_TOOLS names "${name}", which is no tool. ${didYouMean(name, allToolNames(settings.TOOL_NAMES))}`,
      );
  }
  return { disabled, warnings };
};

/** What the settings let a client be told before it calls anything. */
export const listingOptionsOf = (settings: Settings): ListingOptions => ({
  disabled: disabledIn(settings).disabled,
  readOnly: settings.READ_ONLY,
  toolNames: settings.TOOL_NAMES,
  serverName: settings.SERVER_NAME,
  serverVersion: settings.SERVER_VERSION ?? packageVersion,
  protocolVersion: settings.PROTOCOL_VERSION,
  resultShape: settings.RESULT_SHAPE,
});
