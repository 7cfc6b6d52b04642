import { isDeepStrictEqual } from 'node:util';
import { parse, stringify } from 'smol-toml';
import { GatewayError } from '../operations/errors.ts';
import { isJsonObject, type JsonObject } from '../operations/json.ts';
import type { ClientSpec } from './client.ts';
import type { Entry } from './entry.ts';

/** @throws GatewayError `config` for broken TOML */
export const parseTomlFile = (text: string): JsonObject => {
  try {
    return parse(text) as JsonObject;
  } catch (cause) {
    throw new GatewayError('config', 'The file is not valid TOML.', {
      hint: 'Correct it first; nothing was written.',
      cause,
    });
  }
};

const without = (root: JsonObject, key: string, name: string): JsonObject => {
  const { [key]: servers, ...others } = root;
  if (!isJsonObject(servers)) return others;
  const { [name]: _, ...rest } = servers;
  return Object.keys(rest).length === 0 ? others : { ...others, [key]: rest };
};

const header = /^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$/;

const unquoted = (path: string): string =>
  path
    .split('.')
    .map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'))
    .join('.');

/** The lines of `[key.name]` and its sub-tables; an empty range at the end where there are none. */
const rangeOf = (lines: readonly string[], table: string): readonly [number, number] => {
  const headers = lines.flatMap((line, at) => {
    const path = header.exec(line)?.[1];
    return path === undefined ? [] : [{ at, path: unquoted(path) }];
  });
  const isOurs = (path: string) => path === table || path.startsWith(`${table}.`);
  const first = headers.findIndex(({ path }) => isOurs(path));
  if (first < 0) return [lines.length, lines.length];
  const next = headers.slice(first).find(({ path }) => !isOurs(path));
  const start = headers[first]?.at ?? lines.length;
  let end = next?.at ?? lines.length;
  // Comments and blank lines above the next table belong to that table.
  while (end > start && /^\s*(?:#.*)?$/.test(lines[end - 1] ?? '')) end -= 1;
  return [start, end];
};

/**
 * The text with the entry put in or replaced; everything else stays as it is, byte for byte. That
 * it does is checked by reading the result, so that a file which writes its servers in
 * another way (inline tables, dotted keys) is refused and not spoiled.
 *
 * @throws GatewayError `config`
 */
export const putInToml = (
  text: string,
  client: Pick<ClientSpec, 'key'>,
  name: string,
  entry: Entry,
): string => {
  const before = parseTomlFile(text);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
  const [start, end] = rangeOf(lines, `${client.key}.${name}`);
  const block = stringify({ [client.key]: { [name]: entry.value } })
    .trim()
    .split('\n');
  const isNew = start === lines.length;
  const gap = isNew && lines.length > 0 && lines.at(-1)?.trim() !== '' ? [''] : [];
  const result = `${[...lines.slice(0, start), ...gap, ...block, ...lines.slice(end)].join(eol)}${eol}`;
  const after = (() => {
    try {
      return parse(result) as JsonObject;
    } catch {
      return undefined;
    }
  })();
  const servers = after?.[client.key];
  const kept =
    after !== undefined &&
    isJsonObject(servers) &&
    isDeepStrictEqual(servers[name], parse(stringify(entry.value))) &&
    isDeepStrictEqual(without(before, client.key, name), without(after, client.key, name));
  if (!kept)
    throw new GatewayError(
      'config',
      `The file writes its servers in a way that cannot be edited without harm; nothing was written.`,
      { hint: 'Put in by hand what --print shows.' },
    );
  return result;
};
