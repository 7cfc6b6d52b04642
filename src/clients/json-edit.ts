import { findNodeAtLocation, type JSONPath, type Node, parseTree } from 'jsonc-parser';
import type { JsonValue } from '../operations/json.ts';

/**
 * Edits of a JSON text that leave every other byte as it is. jsonc-parser's own `modify`
 * formats the neighbours anew and moves the comment behind the last member to the new one.
 */

/** The file's own habits, so that an edit does not stand out. */
const habits = (text: string): { readonly unit: string; readonly eol: string } => ({
  unit: /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ',
  eol: text.includes('\r\n') ? '\r\n' : '\n',
});

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

const indentAt = (text: string, at: number): string =>
  /^[ \t]*/.exec(text.slice(lineStart(text, at), at))?.[0] ?? '';

const rendered = (text: string, value: JsonValue, indent: string): string => {
  const { unit, eol } = habits(text);
  return JSON.stringify(value, null, unit).replaceAll('\n', eol + indent);
};

/** What may stand between two members, up to the next sign that counts. */
const blank = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;

const skipBlank = (text: string, from: number): number => {
  blank.lastIndex = from;
  blank.exec(text);
  return blank.lastIndex;
};

/** Where the line ends on which a member ends, if nothing but a comment follows on it. */
const endOfLine = (text: string, from: number): number => {
  const rest = /^[ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*)?(?=\r?\n)/.exec(text.slice(from));
  return rest === null ? from : from + rest[0].length;
};

const append = (text: string, container: Node, write: (indent: string) => string): string => {
  const { unit, eol } = habits(text);
  const outer = indentAt(text, container.offset);
  const last = container.children?.at(-1);
  if (last === undefined) {
    const inside = container.offset + 1;
    const rest = text.slice(inside);
    const gap = /^\s*[}\]]/.test(rest) ? rest.replace(/^\s+/, '') : rest;
    const closes = gap === rest && /^[^\S\n]*\r?\n/.test(rest) ? '' : eol + outer;
    return `${text.slice(0, inside)}${eol}${outer}${unit}${write(outer + unit)}${closes}${gap}`;
  }
  const own = text.slice(lineStart(text, last.offset), last.offset);
  const indent = /^[ \t]*$/.test(own) ? own : outer + unit;
  const end = last.offset + last.length;
  const next = skipBlank(text, end);
  const hasComma = text[next] === ',';
  const at = endOfLine(text, hasComma ? next + 1 : end);
  const before = hasComma ? text.slice(0, at) : `${text.slice(0, end)},${text.slice(end, at)}`;
  const after = text.slice(at);
  const closes = /^\s*\r?\n/.test(after) || hasComma ? '' : eol + outer;
  return `${before}${eol}${indent}${write(indent)}${hasComma ? ',' : ''}${closes}${after}`;
};

/**
 * Sets a member of an object, or replaces an element of a list; -1 appends one. What the path
 * leads through must be there.
 */
export const setInJson = (text: string, path: JSONPath, value: JsonValue): string => {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const found = root && findNodeAtLocation(root, [...path]);
  if (found !== undefined)
    return (
      text.slice(0, found.offset) +
      rendered(text, value, indentAt(text, found.offset)) +
      text.slice(found.offset + found.length)
    );
  const container = root && findNodeAtLocation(root, path.slice(0, -1));
  if (container === undefined) throw new Error(`nothing at ${path.slice(0, -1).join('.')}`);
  const name = path.at(-1);
  const key = typeof name === 'string' ? `${JSON.stringify(name)}: ` : '';
  return append(text, container, (indent) => key + rendered(text, value, indent));
};
