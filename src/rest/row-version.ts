import { GatewayError } from '../operations/errors.ts';
import type { JsonObject } from '../operations/json.ts';
import type { Context } from '../operations/upstream.ts';
import { versionOfRow } from '../operations/version.ts';
import { objectsIn } from './body.ts';
import { send } from './call.ts';
import type { ModelRef } from './refs.ts';

/** The largest page that the package gives by default. */
const pageSize = 200;
/** Pages of a list that are searched for rows: it cannot be asked for keys. */
const maxPages = 10;

/** The version of a row of a list, from its cells. */
export const rowVersion = (row: JsonObject): string =>
  versionOfRow(JSON.stringify(row['fields'] ?? null));

export const withRowVersions = (body: JsonObject): JsonObject => ({
  ...body,
  results: objectsIn(body, 'results').map((row) => ({ ...row, version: rowVersion(row) })),
});

const tooMany = (): GatewayError =>
  new GatewayError(
    'unsupported',
    `This upstream finds the version of a row among the first ${pageSize * maxPages} of the list only.`,
    {
      hint: 'Give the version that retrieve tells instead. Nothing was changed.',
    },
  );

/**
 * The versions that the rows of these keys have now; rows that the list has no more are
 * missing.
 *
 * @throws GatewayError `unsupported` where the list is too long to be searched
 */
export const rowVersionsOf = async (
  { app_label, model_name }: ModelRef,
  pks: Iterable<string>,
  context: Context,
): Promise<ReadonlyMap<string, string>> => {
  const wanted = new Set(pks);
  const found = new Map<string, string>();
  for (let page = 1; wanted.size > found.size; page += 1) {
    if (page > maxPages) throw tooMany();
    const { body } = await send(
      {
        method: 'GET',
        pattern: '/:app_label/:model_name/',
        values: { app_label, model_name },
        query: { page, page_size: pageSize },
      },
      context,
    );
    const rows = objectsIn(body, 'results');
    for (const row of rows)
      if (wanted.has(String(row['pk']))) found.set(String(row['pk']), rowVersion(row));
    if (rows.length < Number(body['page_size'] ?? pageSize)) break;
  }
  return found;
};
