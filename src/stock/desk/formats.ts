import { type Formats, parseFormats } from '../formats/formats.ts';
import { parseShown } from '../formats/shown.ts';
import type { TextReader } from '../list/cells.ts';
import type { Desk } from './desk.ts';
import { visit } from './visit.ts';

/** Formats of the language that a page is in; one request where they are not remembered. */
export const formatsFor = async (desk: Desk, language: string | null): Promise<Formats | null> => {
  const key = `${desk.caller.site.adminUrl.href} ${language ?? ''}`;
  const known = desk.memory.formats.get(key);
  if (known !== undefined) return known;
  const { outcome, response } = await visit(desk, desk.at.formats);
  const formats =
    outcome.kind === 'data' || outcome.kind === 'page' ? parseFormats(response.text) : null;
  desk.memory.formats.set(key, formats);
  return formats;
};

/** Without formats nothing is read: text stays text. */
export const textReader =
  (formats: Formats | null): TextReader =>
  (text, type) =>
    formats === null ? undefined : parseShown(text, type, formats);
