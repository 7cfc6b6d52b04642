import { isJsonObject, type JsonObject, type JsonValue } from '../../operations/json.ts';
import { clientIds, clients } from '../catalogue.ts';
import { type ClientSpec, isHttpForm } from '../client.ts';
import { launchOf } from '../entry.ts';
import { packageName } from '../server.ts';
import { error, type Finding, type Machine } from './finding.ts';
import { lintHttp, lintKeys, urlKeys } from './http.ts';
import { lintName } from './name.ts';
import { lintStdio } from './stdio.ts';
import {
  isSecretKey,
  lintEnvironment,
  lintReferences,
  lintSecrets,
  secretHeaders,
} from './values.ts';

const lintEntry = (
  client: ClientSpec,
  name: string,
  value: JsonObject,
  root: JsonObject,
  machine: Machine,
): readonly Finding[] => {
  const keys = lintKeys(client, value);
  const launch = launchOf(client, value);
  if (launch === undefined)
    return [
      ...lintName(name),
      ...keys,
      ...(keys.length > 0
        ? []
        : [error(`"${name}" has neither a command nor a URL.`, 'Run setup again.')]),
    ];
  if (launch.kind === 'http')
    return [
      ...lintName(name),
      ...keys,
      ...lintHttp(client, launch),
      ...(isHttpForm(client.http) && client.http.headers === 'env_http_headers'
        ? []
        : lintSecrets(launch.headers, (header) => secretHeaders.test(header))),
      ...lintReferences(client, launch.headers, root, machine),
    ];
  return [
    ...lintName(name),
    ...keys,
    ...lintStdio(launch, machine),
    ...lintSecrets(launch.env, isSecretKey),
    ...lintReferences(client, launch.env, root, machine),
    ...lintEnvironment(client, launch.env, machine),
  ];
};

const mentionsUs = (value: JsonValue | undefined): boolean =>
  isJsonObject(value) &&
  (JSON.stringify([value['command'], value['args']]).includes(packageName.slice(0, -4)) ||
    urlKeys.some((key) => /\/mcp\/?$/.test(String(value[key] ?? ''))));

const serversUnder = (root: JsonObject, key: string): JsonObject => {
  const servers = root[key];
  return isJsonObject(servers) ? servers : {};
};

/** Entries of ours under a key that another client reads. */
const lintStrayed = (client: ClientSpec, root: JsonObject): readonly Finding[] =>
  [...new Set(clientIds.map((id) => clients[id].key as string))]
    .filter((key) => key !== client.key)
    .flatMap((key) =>
      Object.entries(serversUnder(root, key))
        .filter(([, value]) => mentionsUs(value))
        .map(([name]) =>
          error(
            `"${name}" stands under "${key}", which ${client.title} does not read.`,
            `Move it under "${client.key}".`,
          ),
        ),
    );

export interface Linted {
  readonly name: string;
  readonly findings: readonly Finding[];
}

/**
 * What is wrong with our entries in a client's file.
 *
 * @param only the entry to look at; by default all that start this package or name an `/mcp/` URL
 */
export const lintClientFile = (
  client: ClientSpec,
  root: JsonObject,
  machine: Machine,
  only?: string,
): readonly Linted[] => {
  const strayed = lintStrayed(client, root);
  const entries = Object.entries(serversUnder(root, client.key)).filter(([name, value]) =>
    only === undefined ? mentionsUs(value) : name === only,
  );
  const linted = entries.map(([name, value]) => ({
    name,
    findings: isJsonObject(value)
      ? lintEntry(client, name, value, root, machine)
      : [error(`"${name}" is not an object.`, 'Run setup again.')],
  }));
  if (strayed.length > 0) return [{ name: client.key, findings: strayed }, ...linted];
  if (linted.length > 0) return linted;
  return [
    {
      name: client.key,
      findings: [error(`No server of ours stands under "${client.key}".`, 'Run setup.')],
    },
  ];
};
