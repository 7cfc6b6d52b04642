import { isJsonObject, type JsonValue } from '../operations/json.ts';

/** Longest value that is shown whole, in characters. */
const maxValueLength = 300;

const oneLine = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > maxValueLength ? `${line.slice(0, maxValueLength)}…` : line;
};

/** What a person calls an object of the answer: its label, or its name or key. */
const nameIn = ({ label, name, id, pk }: { [key: string]: JsonValue }): JsonValue | undefined =>
  label ?? name ?? id ?? pk;

/** A value of a record as people read it, on one line, so that it cannot pass for another field. */
export const valueText = (value: JsonValue | undefined): string => {
  if (value === null || value === undefined || value === '') return '–';
  if (value === true) return 'yes';
  if (value === false) return 'no';
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.map(valueText).join(', ');
  if (!isJsonObject(value)) return oneLine(String(value));
  const name = nameIn(value);
  return name === undefined ? oneLine(JSON.stringify(value)) : valueText(name);
};
