import { GatewayError } from '../operations/errors.ts';
import { isJsonObject } from '../operations/json.ts';
import { didYouMean } from '../operations/nearest.ts';
import {
  environmentPrefix,
  type OptionKey,
  optionKeys,
  optionSpec,
  type Settings,
} from './options.ts';
import { readJson, readText } from './read-value.ts';

/** Where settings come from. Flags are keyed by option; the file is its parsed JSON. */
export interface Sources {
  readonly flags?: Readonly<Partial<Record<OptionKey, readonly string[]>>>;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly file?: unknown;
}

/** Not a setting, but where the settings are: read before this loader runs. */
export const configFileVariable = `${environmentPrefix}CONFIG`;

/** The seed's file nests its settings under this key, as a Django settings module does. */
const nestedKey = 'DJANGO_ADMIN_MCP_API';

const isKey = (name: string): name is OptionKey => (optionKeys as readonly string[]).includes(name);

const unknown = (kind: string, name: string, known: readonly string[]): GatewayError =>
  new GatewayError('config', `Unknown ${kind} "${name}".`, { hint: didYouMean(name, known) });

const fromEnvironment = (environment: Readonly<Record<string, string | undefined>>) => {
  const values = new Map<OptionKey, unknown>();
  for (const [name, text] of Object.entries(environment)) {
    if (!name.startsWith(environmentPrefix) || name === configFileVariable) continue;
    if (text === undefined || text === '') continue;
    const key = name.slice(environmentPrefix.length);
    if (!isKey(key))
      throw unknown(
        'environment variable',
        name,
        optionKeys.map((known) => environmentPrefix + known),
      );
    values.set(key, readText(optionSpec(key), [text], name));
  }
  return values;
};

/** The object that holds the settings of a parsed configuration file. */
export const fileBody = (file: unknown): Readonly<Record<string, unknown>> => {
  if (file === undefined) return {};
  const outer = isJsonObject(file) ? file : undefined;
  const isNested = outer !== undefined && nestedKey in outer && Object.keys(outer).length === 1;
  const body = isNested ? outer[nestedKey] : outer;
  if (isJsonObject(body)) return body;
  throw new GatewayError('config', 'The configuration file must hold one JSON object.');
};

const fromFile = (file: unknown) => {
  const values = new Map<OptionKey, unknown>();
  for (const [name, value] of Object.entries(fileBody(file))) {
    if (!isKey(name)) throw unknown('setting', name, optionKeys);
    const read = readJson(optionSpec(name), value, `${name} in the configuration file`);
    if (read !== null) values.set(name, read);
  }
  return values;
};

/** Whether a switch is on as soon as anybody says so. */
export const isSticky = (key: OptionKey): boolean => {
  const spec = optionSpec(key);
  return spec.kind === 'switch' && spec.sticky === true;
};

/**
 * Settings from their sources: flag over environment over file over default. Pure: nothing
 * is read from the process.
 *
 * @throws GatewayError `config`, naming the flag, variable or key and what it should be
 */
export const loadSettings = (sources: Sources): Settings => {
  const file = fromFile(sources.file);
  const environment = fromEnvironment(sources.environment ?? {});
  const settings: Record<string, unknown> = {};
  for (const key of optionKeys) {
    const spec = optionSpec(key);
    const texts = sources.flags?.[key];
    const flag = texts === undefined ? undefined : readText(spec, texts, `--${spec.flag}`);
    const given = [flag, environment.get(key), file.get(key)];
    const isStuck = isSticky(key) && given.includes(true);
    settings[key] = isStuck || (given.find((value) => value !== undefined) ?? spec.default);
  }
  return settings as unknown as Settings;
};
