import type { OptionSpec, ValueOf } from './option-spec.ts';
import { filesOptions } from './options/files.ts';
import { limitsOptions } from './options/limits.ts';
import { mcpOptions } from './options/mcp.ts';
import { policyOptions } from './options/policy.ts';
import { serverOptions } from './options/server.ts';
import { signInOptions } from './options/sign-in.ts';
import { siteOptions } from './options/site.ts';
import { writesOptions } from './options/writes.ts';

/**
 * Every setting, once. The flag, the environment variable (`DJANGO_ADMIN_MCP_API_` and the
 * key), the key of the configuration file, `--help`, and the table in the README come from here.
 */

export const options = {
  ...siteOptions,
  ...signInOptions,
  ...mcpOptions,
  ...policyOptions,
  ...writesOptions,
  ...filesOptions,
  ...serverOptions,
  ...limitsOptions,
} as const;

export type OptionKey = keyof typeof options;

/** The settings after loading: a value for each key, `null` where there is none. */
export type Settings = {
  readonly [Key in OptionKey]:
    | ValueOf<(typeof options)[Key]>
    | ((typeof options)[Key]['default'] extends null ? null : never);
};

export const optionKeys = Object.keys(options) as OptionKey[];

/** The specification of a key, seen as any option's. */
export const optionSpec = (key: OptionKey): OptionSpec => options[key];

export const environmentPrefix = 'DJANGO_ADMIN_MCP_API_';
