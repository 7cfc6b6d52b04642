import { createHash } from 'node:crypto';
import { pkSegment } from '../django/quote.ts';
import { isLoginRedirect } from '../django/redirects.ts';
import { GatewayError } from '../operations/errors.ts';
import type { Context } from '../operations/upstream.ts';
import { type Controls, readControls } from './controls.ts';

interface FormRef {
  readonly app_label: string;
  readonly model_name: string;
  /** Absent for the add page. */
  readonly pk?: string | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
}

/** Tells the forms of one model apart that a form class or the object's state makes different. */
type FormShape = Readonly<Record<string, unknown>>;

export type ReadFormPage = (ref: FormRef, shape: FormShape, context: Context) => Promise<Controls>;

/** How long a page is taken to look the same, in milliseconds. */
const maxAgeMs = 5 * 60_000;
const maxEntries = 500;

const pathOf = (ref: FormRef, context: Context): string => {
  const end = ref.pk === undefined ? 'add' : `${pkSegment(ref.pk)}/change`;
  const query = new URLSearchParams(
    Object.entries(ref.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const { pathname } = context.caller.site.adminUrl;
  return `${pathname}${ref.app_label}/${ref.model_name}/${end}/${query.size === 0 ? '' : `?${query}`}`;
};

/** A page that was cut off on its way ends within its form, and what it lacks would be lost. */
const isWhole = (html: string): boolean => html.lastIndexOf('<form') <= html.lastIndexOf('</form');

const fetchControls = async (ref: FormRef, context: Context): Promise<Controls> => {
  const { caller, signal } = context;
  const response = await caller.send({ method: 'GET', path: pathOf(ref, context) }, signal);
  if (isLoginRedirect(caller.site, response))
    throw new GatewayError('anonymous', 'Django does not know this session any more.', {
      hint: caller.signInHint,
    });
  if (response.status === 200 && isWhole(response.text)) return readControls(response.text);
  throw new GatewayError(
    'unsupported',
    "The admin's own form page could not be read, so it is not known which fields this write would damage.",
    {
      hint: 'Check the admin URL, or run the gateway with --upstream stock. Nothing was changed.',
      details: { status: response.status },
    },
  );
};

/**
 * Reads which controls Django draws for a form. The package does not tell what it hides, nor
 * that a date and time are two controls; the HTML page does, at the cost of one request for
 * each caller, model and shape of form in five minutes.
 */
export const createFormPages = (): ReadFormPage => {
  const known = new Map<string, { readonly at: number; readonly controls: Controls }>();
  return async (ref, shape, context) => {
    const { caller } = context;
    const add = ref.pk === undefined;
    const key = createHash('sha256')
      .update(
        JSON.stringify([
          caller.fingerprint(),
          caller.site.adminUrl.href,
          ref.app_label,
          ref.model_name,
          add,
          ref.query,
          shape,
        ]),
      )
      .digest('base64');
    const entry = known.get(key);
    if (entry !== undefined && Date.now() - entry.at < maxAgeMs) return entry.controls;
    const controls = await fetchControls(ref, context);
    known.delete(key);
    known.set(key, { at: Date.now(), controls });
    for (const oldest of known.keys()) {
      if (known.size <= maxEntries) break;
      known.delete(oldest);
    }
    return controls;
  };
};
