import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { DjangoResponse } from '../../../src/django/messages.ts';
import type { PageAddress } from '../../../src/stock/pages/types/shared.ts';

/** One answer of a real Django, as the recorder wrote it; see fixtures/README.md. */
export interface Recorded {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Value of the `messages` cookie that came with it. */
  readonly messages?: string;
  readonly body?: string;
}

export const djangos = ['django-32', 'django-42', 'django-52', 'django-61'] as const;
export const themes = ['unfold-52', 'jazzmin-52', 'grappelli-52', 'simpleui-52'] as const;

export type Setup = (typeof djangos)[number] | (typeof themes)[number] | 'locales-52';

const loaded = new Map<string, Record<string, unknown>>();

/** Any JSON of a set-up's recording. */
export const recordedJson = (setup: Setup, name: string): unknown => {
  let all = loaded.get(setup);
  if (all === undefined) {
    const file = new URL(`./fixtures/${setup}.json.gz`, import.meta.url);
    all = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Record<string, unknown>;
    loaded.set(setup, all);
  }
  return all[name];
};

export const recorded = (setup: Setup, name: string): Recorded => {
  const found = recordedJson(setup, name);
  if (found === undefined) throw new Error(`${setup} has no recording called ${name}.`);
  return found as Recorded;
};

export const names = (setup: Setup): readonly string[] => {
  recordedJson(setup, '');
  return Object.keys(loaded.get(setup) ?? {});
};

/** The page's text and where it came from, as every parser wants them. */
export const pageOf = (setup: Setup, name: string): readonly [html: string, at: PageAddress] => {
  const { body = '', path } = recorded(setup, name);
  return [body, { adminPath: '/admin/', path }];
};

export const origin = 'http://testserver';

export const toResponse = ({
  path,
  status,
  headers,
  messages,
  body = '',
}: Recorded): DjangoResponse => ({
  status,
  headers,
  bytes: Buffer.from(body),
  text: body,
  path,
  location:
    headers['location'] === undefined ? undefined : new URL(headers['location'], origin + path),
  setCookieLines: [],
  setCookies: new Map(messages === undefined ? [] : [['messages', messages]]),
});
