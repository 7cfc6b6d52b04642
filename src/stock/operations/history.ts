import type { Input } from '../../operations/catalogue.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Answer } from '../../operations/upstream.ts';
import { keyJson } from '../contract/key.ts';
import { objectOf } from '../contract/model.ts';
import { createNotes, notInHtml } from '../contract/notes.ts';
import { zoneJson } from '../contract/object.ts';
import type { Desk } from '../desk/desk.ts';
import { formatsFor, textReader } from '../desk/formats.ts';
import { readHtml } from '../desk/visit.ts';
import type { TextReader } from '../list/cells.ts';
import { readHistoryPage } from '../pages/history-page.ts';
import type { HistoryEntry, HistoryPage } from '../pages/types/others.ts';

const defaultPageSize = 25;
/** Past the end of any log: Django goes to the last page, which has the newest entries. */
const farPage = 1_000_000;
/** Django's own size (`PAGE_SIZE` of `LogEntry` pages). */
const nativePageSize = 100;

/** What Django writes by itself is told apart by its words, in English only. */
const actionOf = (comment: string, language: string | null): string => {
  if (language !== null && !/^en\b/i.test(language)) return 'unknown';
  if (/^Added\./.test(comment)) return 'addition';
  return /^(?:Changed |No fields changed\.)/.test(comment) ? 'change' : 'unknown';
};

/** "clerk (Cleo Clerk)": the name in brackets is the full one. */
const userName = (text: string): string => text.replace(/\s+\(.*\)$/s, '');

const entryJson =
  (read: TextReader, language: string | null) =>
  ({ time, user, comment }: HistoryEntry): JsonObject => ({
    id: null,
    action: actionOf(comment, language),
    action_time: read(time, 'datetime') ?? time,
    user: user === '' ? null : { id: null, label: userName(user) },
    change_message_human: comment,
    change_message_structured: null,
  });

/** "Change history: Oak stool" */
const labelOf = ({ frame }: HistoryPage): string | null =>
  frame.subheading ?? (/^[^:：]+[:：]\s*(.+)$/s.exec(frame.heading ?? '')?.[1] || null);

/** Entries counted from the newest; the admin counts from the oldest. */
const newestFirst = async (
  last: HistoryPage,
  { total, lastPage }: Extent,
  from: number,
  count: number,
  readAt: (page: number) => Promise<HistoryPage>,
): Promise<HistoryEntry[]> => {
  const entries: HistoryEntry[] = [];
  const pages = new Map([[lastPage, last]]);
  for (let i = from; i < Math.min(from + count, total); i += 1) {
    const position = total - 1 - i;
    const number = lastPage === 1 ? 1 : Math.floor(position / nativePageSize) + 1;
    const page = pages.get(number) ?? (await readAt(number));
    pages.set(number, page);
    const entry = page.entries[lastPage === 1 ? position : position % nativePageSize];
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
};

interface Extent {
  readonly total: number;
  readonly lastPage: number;
}

const isSame = (a: HistoryPage, b: HistoryPage): boolean =>
  JSON.stringify(a.entries) === JSON.stringify(b.entries);

/** Most pages of a log that are counted one by one, where a theme does not say how many there are. */
const maxCounted = 200;

/**
 * How many entries there are. The page asked for was past the end, so only its total tells;
 * where a theme shows none, the first page does, and pages are compared with the last one.
 */
const extentOf = async (
  last: HistoryPage,
  readAt: (page: number) => Promise<HistoryPage>,
): Promise<Extent> => {
  const { total, entries } = last;
  if (total !== null && total >= entries.length)
    return { total, lastPage: Math.max(1, Math.ceil(total / nativePageSize)) };
  const first = await readAt(1);
  let lastPage = 1;
  for (
    let page = first;
    !isSame(page, last) && lastPage < maxCounted;
    page = await readAt(lastPage)
  )
    lastPage = lastPage === 1 ? Math.max(2, first.numPages) : lastPage + 1;
  return { total: (lastPage - 1) * nativePageSize + entries.length, lastPage };
};

/** One request for the newest entries: the admin's last page, and those before it as needed. */
export const history = async (input: Input<'history'>, desk: Desk): Promise<Answer> => {
  const path = desk.at.history(objectOf(input));
  const readAt = (page: number) => readHtml(desk, `${path}?p=${page}`, readHistoryPage);
  const last = await readAt(farPage);
  const extent = await extentOf(last, readAt);
  const { total } = extent;
  const size = input.page_size ?? defaultPageSize;
  const numPages = Math.max(1, Math.ceil(total / size));
  // As in the REST API, a page past the end is the last one.
  const page = Math.min(input.page ?? 1, numPages);
  const formats = await formatsFor(desk, last.frame.language);
  const entries = await newestFirst(last, extent, (page - 1) * size, size, readAt);
  const notes = createNotes();
  for (const key of ['entries.id', 'entries.user.id', 'entries.change_message_structured'])
    notes.add(key, notInHtml);
  notes.add('entries.action', "read from Django's own words, where they are English");
  notes.add('entries.action_time', 'to the minute, in the zone of the server');
  return {
    status: 200,
    body: {
      object: { pk: keyJson(input.pk), label: labelOf(last) ?? input.pk },
      entries: entries.map(entryJson(textReader(formats), last.frame.language)),
      page,
      page_size: size,
      total,
      num_pages: numPages,
      ...zoneJson(last.frame),
      ...notes.json(),
    },
  };
};
