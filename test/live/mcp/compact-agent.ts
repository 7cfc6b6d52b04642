import { expect } from 'vitest';
import type { Gateway } from '../../../src/library.ts';
import type { JsonObject, JsonValue } from '../../../src/operations/json.ts';
import { isJsonObject, objectsIn } from '../../../src/operations/json.ts';
import { type CompactRow, rowsOf } from '../../support/read-compact.ts';
import { callTool } from '../http/mcp-client.ts';
import type { Session } from '../support/session.ts';

export interface ModelRef {
  readonly app_label: string;
  readonly model_name: string;
}

/** `{app_label, model_name}` of `sales.order`. */
export const modelOf = (text: JsonValue | undefined): ModelRef => {
  const [app_label = '', model_name = ''] = String(text).split('.');
  return { app_label, model_name };
};

/** Things with a name, some of which are nothing but their name. */
export const named = (list: JsonValue | undefined): readonly JsonObject[] =>
  (Array.isArray(list) ? list : []).map((item) => (isJsonObject(item) ? item : { name: item }));

export const find = (list: JsonValue | undefined, name: string): JsonObject => {
  const found = named(list).find((item) => item['name'] === name);
  if (found === undefined) throw new Error(`There is no "${name}" in ${JSON.stringify(list)}.`);
  return found;
};

export const fieldOf = (body: JsonObject, name: string): JsonObject => {
  const { fields } = body;
  const field = isJsonObject(fields ?? null) ? (fields as JsonObject)[name] : undefined;
  if (!isJsonObject(field)) throw new Error(`There is no field "${name}".`);
  return field;
};

/** The model that the registry lists by this name, with what may be done there. */
const modelIn = (registry: JsonObject, name: string): ModelRef & { permissions: JsonValue } => {
  for (const app of objectsIn(registry['apps']))
    for (const model of objectsIn(app['models']))
      if (model['model_name'] === name)
        return {
          app_label: String(model['app_label'] ?? app['app_label']),
          model_name: name,
          permissions: model['permissions'] ?? null,
        };
  throw new Error(`The registry has no "${name}".`);
};

/**
 * Somebody who knows nothing but what the tools answer by default, and agrees to whatever is
 * asked.
 */
export const agentOf = (gateway: Pick<Gateway, 'fetch'>, session: Session) => {
  const run = async (tool: string, given: object): Promise<JsonObject> => {
    const { body } = await callTool(gateway, session, `admin_${tool}`, given);
    return body as JsonObject;
  };
  /** The answer, once agreed to where that is asked for. */
  const call = async (tool: string, given: object): Promise<JsonObject> => {
    const first = await run(tool, given);
    const { confirm_token } = first;
    const body = confirm_token === undefined ? first : await run(tool, { ...given, confirm_token });
    expect(body['error'] ?? null, `${tool} ${JSON.stringify(given)}`).toBeNull();
    return body;
  };
  return {
    call,
    model: async (name: string) => modelIn(await call('registry', {}), name),
    rows: async (model: ModelRef, more: object = {}): Promise<readonly CompactRow[]> =>
      rowsOf(await call('list', { ...model, ...more })),
    /** The key of what the search of a related model finds first. */
    keyOf: async (field: JsonObject, q: string): Promise<JsonValue> => {
      const { results } = await call('autocomplete', { ...modelOf(field['to']), q });
      return objectsIn(results)[0]?.['id'] ?? null;
    },
  };
};

export type Agent = ReturnType<typeof agentOf>;
