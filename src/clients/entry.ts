import { GatewayError } from '../operations/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../operations/json.ts';
import { type ClientSpec, type HttpForm, isHttpForm, type Server } from './client.ts';

/** A prompt of VS Code's own, in the `inputs` beside its servers. */
export interface Prompt {
  readonly type: 'promptString';
  readonly id: string;
  readonly description: string;
  readonly password: true;
}

export interface Entry {
  readonly value: JsonObject;
  readonly prompts: readonly Prompt[];
}

const promptsFor = (client: ClientSpec, { secrets }: Server): readonly Prompt[] =>
  client.prompts
    ? secrets.map(({ prompt, title }) => ({
        type: 'promptString',
        id: prompt,
        description: title,
        password: true,
      }))
    : [];

const httpValue = (client: ClientSpec, server: Extract<Server, { kind: 'http' }>): JsonObject => {
  const form = client.http;
  if (!isHttpForm(form))
    throw new GatewayError('unsupported', form.impossible, {
      hint: 'Use stdio: leave --http out and name the admin with --url.',
    });
  const { type, url, headers, reference } = form;
  return {
    ...(type === undefined ? {} : { type }),
    [url]: server.url,
    ...(reference === undefined || server.secrets.length === 0
      ? {}
      : {
          [headers]: Object.fromEntries(
            server.secrets.map((secret) => [secret.name, reference(secret)]),
          ),
        }),
    ...client.extra,
  };
};

const stdioValue = (client: ClientSpec, server: Extract<Server, { kind: 'stdio' }>): JsonObject => {
  const { type } = client.stdio;
  const env = client.prompts
    ? Object.fromEntries(server.secrets.map(({ name, prompt }) => [name, `\${input:${prompt}}`]))
    : {};
  return {
    ...(type === undefined ? {} : { type }),
    command: server.command,
    args: [...server.args],
    ...(Object.keys(env).length === 0 ? {} : { env }),
    ...client.extra,
  };
};

/**
 * What stands in the client's file for a server. Secrets become prompts or references to
 * variables; where the client knows neither, they are left out.
 *
 * @throws GatewayError `unsupported` where the client's file cannot name a URL
 */
export const entryFor = (client: ClientSpec, server: Server): Entry => ({
  value: server.kind === 'http' ? httpValue(client, server) : stdioValue(client, server),
  prompts: promptsFor(client, server),
});

/** An entry as its client reads it; values are still as written, references and all. */
export type Launch =
  | {
      readonly kind: 'stdio';
      readonly command: string;
      readonly args: readonly string[];
      readonly env: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: 'http';
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
    };

const texts = (value: JsonValue | undefined): Readonly<Record<string, string>> =>
  isJsonObject(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, text]) =>
          typeof text === 'string' ? [[name, text] as const] : [],
        ),
      )
    : {};

/** The key under which the client finds the URL of this entry. */
export const urlKeyOf = ({ url, newer }: HttpForm, value: JsonObject): HttpForm['url'] =>
  newer !== undefined && !(url in value) && value['type'] === newer.type ? newer.url : url;

/** Undefined where the client finds neither a command nor a URL under its own key. */
export const launchOf = (client: ClientSpec, value: JsonObject): Launch | undefined => {
  const { command, args, env } = value;
  if (typeof command === 'string')
    return {
      kind: 'stdio',
      command,
      args: Array.isArray(args) ? args.map(String) : [],
      env: texts(env),
    };
  if (!isHttpForm(client.http)) return undefined;
  const url = value[urlKeyOf(client.http, value)];
  if (typeof url !== 'string') return undefined;
  return { kind: 'http', url, headers: texts(value[client.http.headers]) };
};
