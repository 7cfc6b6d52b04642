import type { OperationName } from '../operations/catalogue.ts';
import { operationFacts, operationNames } from '../operations/facts.ts';
import { jsonSchemaOf, type ObjectSchema } from '../operations/json-schema.ts';
import { type ToolNames, toolName } from '../operations/names.ts';
import { writingOperations } from '../operations/read-only.ts';
import { pageOfTool, uriOfPage } from './apps/pages.ts';

/** A tool as `tools/list` shows it. */
export interface ToolEntry {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  readonly outputSchema?: ObjectSchema;
  readonly annotations: {
    readonly title: string;
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
    readonly idempotentHint: boolean;
    readonly openWorldHint: boolean;
  };
  /** MCP Apps: the page that shows what the tool answers, in clients that have the extension. */
  readonly _meta?: { readonly ui: { readonly resourceUri: string } };
}

/**
 * The top level of an operation's output: enough for a client to know the keys, at a tenth
 * of the tokens of the whole (`docs/api-contract.md` has that). Nothing is required: a client
 * that misses a key must not throw a good answer away.
 */
const outline = (schema: ObjectSchema): ObjectSchema | undefined => {
  const properties = Object.entries(schema.properties).map(([name, value]) => {
    const { type } = value as { type?: unknown };
    return [name, type === undefined ? {} : { type }] as const;
  });
  if (properties.length === 0) return undefined;
  return { type: 'object', properties: Object.fromEntries(properties) };
};

const entryOf = (operation: OperationName, style: ToolNames): ToolEntry => {
  const { title, description, effect, idempotent } = operationFacts[operation];
  const outputSchema = outline(jsonSchemaOf(operation, 'output'));
  const page = pageOfTool(operation);
  return {
    name: toolName(operation, style),
    title,
    description,
    inputSchema: jsonSchemaOf(operation, 'input'),
    ...(outputSchema === undefined ? {} : { outputSchema }),
    annotations: {
      title,
      readOnlyHint: effect === 'read',
      destructiveHint: effect === 'write' || effect === 'destroy',
      idempotentHint: idempotent,
      openWorldHint: false,
    },
    ...(page === undefined ? {} : { _meta: { ui: { resourceUri: uriOfPage(page) } } }),
  };
};

/** The revision that gave tools a `_meta`. */
const toolMetaFrom = '2025-06-18';

/** The tools as a revision knows them; `undefined` is plain JSON-RPC. */
export const toolsFor = (
  tools: readonly ToolEntry[],
  version: string | undefined,
): readonly ToolEntry[] =>
  (version ?? '') >= toolMetaFrom ? tools : tools.map(({ _meta, ...tool }) => tool);

/** What a list of tools leaves out. */
export const unlistedTools = ({
  disabled,
  readOnly,
}: {
  readonly disabled: ReadonlySet<OperationName>;
  readonly readOnly: boolean;
}): ReadonlySet<OperationName> =>
  readOnly ? new Set([...disabled, ...writingOperations]) : disabled;

/** The tools of a gateway, in the catalogue's order, without those that are left out. */
export const toolEntries = (
  style: ToolNames,
  unlisted: ReadonlySet<OperationName> = new Set(),
): readonly ToolEntry[] =>
  operationNames.filter((name) => !unlisted.has(name)).map((name) => entryOf(name, style));
