import type { JsonObject } from '../operations/json.ts';
import type { ClientSpec } from './client.ts';
import type { Entry } from './entry.ts';

/** The parsers load with the first file: most commands read none. */
const formatOf = async ({ format }: ClientSpec) => {
  if (format === 'toml') {
    const { parseTomlFile, putInToml } = await import('./toml-file.ts');
    return { parse: parseTomlFile, put: putInToml };
  }
  const { parseJsonFile, putInJson } = await import('./json-file.ts');
  return { parse: parseJsonFile, put: putInJson };
};

/** @throws GatewayError `config` when the file is broken */
export const parseClientFile = async (client: ClientSpec, text: string): Promise<JsonObject> =>
  (await formatOf(client)).parse(text);

/**
 * The client's file with the entry in it. Comments, order and other servers stay.
 *
 * @param text '' where there is no file yet
 * @throws GatewayError `config` when the file is broken, or could not be kept whole
 */
export const withEntry = async (
  client: ClientSpec,
  text: string,
  name: string,
  entry: Entry,
): Promise<string> => (await formatOf(client)).put(text, client, name, entry);
