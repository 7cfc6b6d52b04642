import type { OperationName } from './catalogue.ts';
import { isOperationName, operationNames } from './facts.ts';

/** `snake`: `admin_list`, which every client accepts. `dotted`: `admin.list`, the seed's. */
export type ToolNames = 'snake' | 'dotted';

export const toolName = (operation: OperationName, style: ToolNames): string =>
  style === 'dotted' ? `admin.${operation}` : `admin_${operation}`;

/** Both spellings, and the bare name, lead to the same operation, whatever is listed. */
export const operationOfTool = (name: string): OperationName | undefined => {
  const bare = name.replace(/^admin[._]/, '');
  return isOperationName(bare) ? bare : undefined;
};

/** Every name a tool may be called by, for "did you mean". */
export const allToolNames = (style: ToolNames): string[] =>
  operationNames.map((operation) => toolName(operation, style));
