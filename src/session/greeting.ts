import type { DjangoResponse } from '../django/messages.ts';
import { flattenHtml } from '../operations/flatten-html.ts';

/** Django's own markup of every page of the admin; themes without it greet nobody that we see. */
const greeting = /\bid="user-tools"[^>]*>.{0,300}?<strong>([^<]{1,150})<\/strong>/s;

/** Whom a page of the admin greets: by a short name, or by the user name where there is none. */
export const greetedIn = (response: DjangoResponse): string | undefined => {
  if (!/^text\/html\b/i.test(response.headers['content-type'] ?? '')) return undefined;
  const [, name] = greeting.exec(response.text) ?? [];
  return name === undefined ? undefined : flattenHtml(name) || undefined;
};

/** Most users whose names are remembered; the oldest go first. */
const maxNames = 1_000;

export interface Greetings {
  readonly nameOf: (fingerprint: string) => string | undefined;
  /** Looks at a page, unless the name is known already. */
  readonly look: (fingerprint: string, response: DjangoResponse) => void;
}

/** The names of those whose pages were seen, by the fingerprints of their sessions. */
export const createGreetings = (): Greetings => {
  const names = new Map<string, string>();
  return {
    nameOf: (fingerprint) => names.get(fingerprint),
    look: (fingerprint, response) => {
      if (names.has(fingerprint)) return;
      const name = greetedIn(response);
      if (name === undefined) return;
      names.set(fingerprint, name);
      const [oldest] = names.keys();
      if (names.size > maxNames && oldest !== undefined) names.delete(oldest);
    },
  };
};
