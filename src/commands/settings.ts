import { readFile } from 'node:fs/promises';
import { configFileVariable, type Sources } from '../config/load.ts';
import { type OptionKey, optionKeys, optionSpec, type Settings } from '../config/options.ts';
import { loadSites, type NamedSite, oneSite } from '../config/sites.ts';
import { GatewayError } from '../operations/errors.ts';

/** The flags as commander hands them over: camelCase of the flag, texts or lists of texts. */
export type ParsedFlags = Readonly<Record<string, unknown>>;

const camelCase = (flag: string): string =>
  flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** What was given on the command line, by setting. */
export const flagTexts = (flags: ParsedFlags): Partial<Record<OptionKey, string[]>> => {
  const texts: Partial<Record<OptionKey, string[]>> = {};
  for (const key of optionKeys) {
    const { flag } = optionSpec(key);
    const value = flag === undefined ? undefined : flags[camelCase(flag)];
    if (value !== undefined)
      texts[key] = Array.isArray(value) ? value.map(String) : [String(value)];
  }
  return texts;
};

const readConfigFile = async (path: string): Promise<unknown> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new GatewayError('config', `The configuration file ${path} cannot be read.`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new GatewayError('config', `The configuration file ${path} is not valid JSON.`, {
      cause,
    });
  }
};

const sourcesOf = async (flags: ParsedFlags): Promise<Sources> => {
  const path = flags['config'] ?? process.env[configFileVariable];
  return {
    flags: flagTexts(flags),
    environment: process.env,
    ...(path === undefined ? {} : { file: await readConfigFile(String(path)) }),
  };
};

/** Every site that the flags, the environment and the configuration file describe. */
export const sitesOf = async (flags: ParsedFlags): Promise<readonly NamedSite[]> =>
  loadSites(await sourcesOf(flags));

/** The settings of the one site that a command works with; `--site` names it where there are several. */
export const settingsOf = async (flags: ParsedFlags): Promise<Settings> => {
  const { site } = flags;
  return oneSite(await sitesOf(flags), site === undefined ? undefined : String(site));
};
