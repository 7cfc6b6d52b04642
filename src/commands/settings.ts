import { readFile } from 'node:fs/promises';
import { configFileVariable, loadSettings } from '../config/load.ts';
import { type OptionKey, optionKeys, optionSpec, type Settings } from '../config/options.ts';
import { GatewayError } from '../operations/errors.ts';

/** The flags as commander hands them over: camelCase of the flag, texts or lists of texts. */
export type ParsedFlags = Readonly<Record<string, unknown>>;

const camelCase = (flag: string): string =>
  flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

const flagTexts = (flags: ParsedFlags): Partial<Record<OptionKey, string[]>> => {
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

/** Settings of a command: its flags over the environment over the configuration file. */
export const settingsOf = async (flags: ParsedFlags): Promise<Settings> => {
  const path = flags['config'] ?? process.env[configFileVariable];
  return loadSettings({
    flags: flagTexts(flags),
    environment: process.env,
    ...(path === undefined ? {} : { file: await readConfigFile(String(path)) }),
  });
};
