import { readPage } from '../../html/read-page.ts';
import { visibleText } from '../../html/text.ts';
import type { JsonObject } from '../../operations/json.ts';
import type { Visit } from '../desk/visit.ts';
import { decodeMessages, type Message } from '../messages-cookie.ts';
import type { ShownMessage } from '../pages/types/shared.ts';

/** What a reader sees of a message that the view marked as HTML. */
const plainText = ({ text, isHtml }: Message): string => {
  if (!isHtml) return text;
  const [body] = readPage(`<div>${text}</div>`).elements;
  return body === undefined ? text : visibleText(body);
};

export const messageJson = (message: Message): JsonObject => ({
  level: message.level,
  message: plainText(message),
});

export const shownMessageJson = ({ level, text }: ShownMessage): JsonObject => ({
  level: level ?? 'info',
  message: text,
});

/** What a write's answer says by its cookie. */
export interface Said {
  readonly messages: readonly Message[];
  /** False where the project keeps messages in the session, wholly or in part. */
  readonly complete: boolean;
}

export const saidIn = ({ response }: Visit): Said => {
  const cookie = response.setCookies.get('messages');
  // Deleting the cookie is how Django says that its messages went to the session instead.
  const decoded = cookie === undefined || cookie === '' ? null : decodeMessages(cookie);
  return decoded ?? { messages: [], complete: false };
};

export const messagesJson = (said: Said): JsonObject[] => said.messages.map(messageJson);

/** The label of the object in "The product “<a>Oak stool</a>” was added successfully.". */
export const linkedLabel = (said: Said): string | null => {
  for (const { isHtml, text } of said.messages) {
    if (!isHtml) continue;
    const link = readPage(`<div>${text}</div>`).byTag.get('a')?.[0];
    if (link !== undefined) return visibleText(link) || null;
  }
  return null;
};

/** "3 products were changed successfully.": the number, in whatever language. */
export const countIn = (said: Said): number | undefined => {
  for (const { text, levelNumber } of said.messages) {
    const found = levelNumber === 25 ? /\p{Nd}[\p{Nd}.,'\s\u00a0\u202f]*/u.exec(text) : null;
    if (found === null) continue;
    const digits = found[0].replace(/[^\p{Nd}]/gu, '');
    if (/^\d+$/.test(digits)) return Number(digits);
  }
  return undefined;
};
