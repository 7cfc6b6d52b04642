import { environmentPrefix, type OptionKey, optionKeys, optionSpec } from '../../config/options.ts';
import { isJsonObject, type JsonObject } from '../../operations/json.ts';
import { type ClientSpec, isHttpForm } from '../client.ts';
import { error, type Finding, type Machine, reference, warning } from './finding.ts';

export const isSecretKey = (name: string): boolean => {
  const key = name.slice(environmentPrefix.length);
  return (
    name.startsWith(environmentPrefix) &&
    optionKeys.some((known) => known === key) &&
    optionSpec(key as OptionKey).secret === true
  );
};

export const secretHeaders = /^(?:cookie|authorization|x-csrftoken)$/i;

export const lintSecrets = (
  values: Readonly<Record<string, string>>,
  isSecret: (name: string) => boolean,
): readonly Finding[] =>
  Object.entries(values)
    .filter(([name, value]) => isSecret(name) && value !== '' && !reference.test(value))
    .map(([name]) =>
      error(
        `${name} stands in the file as plain text.`,
        'Take it out of the file and change it; run "login" instead, or let the client ask for it.',
      ),
    );

/** References to prompts that the file does not define, and to variables that are not set. */
export const lintReferences = (
  client: ClientSpec,
  values: Readonly<Record<string, string>>,
  root: JsonObject,
  { place }: Machine,
): readonly Finding[] => {
  const inputs = Array.isArray(root['inputs']) ? root['inputs'] : [];
  const isDefined = (id: string) =>
    inputs.some((input) => isJsonObject(input) && input['id'] === id);
  return Object.entries(values).flatMap(([name, value]) => {
    const prompt = /\$\{input:([^}]+)\}/.exec(value)?.[1];
    if (prompt !== undefined)
      return client.prompts && isDefined(prompt)
        ? []
        : [
            error(
              `${name} refers to the prompt "${prompt}", which ${client.prompts ? 'the file does not define under "inputs"' : `${client.title} does not have`}.`,
              `Run setup again.`,
            ),
          ];
    const variable =
      /\$\{(?:env:)?([A-Za-z_]\w*)\}|^\$([A-Za-z_]\w*)$/.exec(value)?.slice(1).find(Boolean) ??
      (isHttpForm(client.http) && client.http.headers === 'env_http_headers' ? value : undefined);
    if (variable === undefined || (place.env[variable] ?? '') !== '') return [];
    return [
      warning(
        `${name} is taken from the variable ${variable}, which is not set here.`,
        `${client.title} must be started where it is set.`,
      ),
    ];
  });
};

const filtered = /TOKEN|SECRET|PASSWORD|PASSWD|KEY|AUTH|CREDENTIAL|CREDS|PRIVATE|CERT/i;

const handsOn = (client: ClientSpec, variable: string): boolean => {
  if (client.environment === 'shell') return true;
  return client.environment === 'filtered' && !filtered.test(variable);
};

export const lintEnvironment = (
  client: ClientSpec,
  env: Readonly<Record<string, string>>,
  { place }: Machine,
): readonly Finding[] =>
  Object.entries(place.env)
    .filter(
      ([name, value]) =>
        name.startsWith(environmentPrefix) &&
        (value ?? '') !== '' &&
        !(name in env) &&
        !handsOn(client, name),
    )
    .map(([name]) =>
      warning(
        `${name} is set in this shell, but ${client.title} does not hand it to servers that it starts.`,
        isSecretKey(name)
          ? 'Run "login" instead: a stored session needs no variable.'
          : `Give it as a flag: run setup again with --${optionSpec(name.slice(environmentPrefix.length) as OptionKey).flag ?? ''}.`,
      ),
    );
