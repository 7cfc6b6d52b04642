import { GatewayError } from '../operations/errors.ts';

/**
 * The URL patterns of django-admin-rest-api 1.8.1 (`api/urls.py`), in their order, which is
 * the order in which Django tries them. `:name` stands for `<str:name>`, i.e. `[^/]+`.
 * 1.6.0 has the same ones but for `…/change/`, which no operation of ours uses.
 */
const routes = [
  '/registry/',
  '/schema/',
  '/recent-actions/',
  '/login/',
  '/logout/',
  '/:app_label/:model_name/autocomplete/',
  '/:app_label/:model_name/actions/:action_name/',
  '/:app_label/:model_name/bulk/',
  '/:app_label/:model_name/add/form-spec/',
  '/:app_label/:model_name/add/',
  '/:app_label/:model_name/',
  '/:app_label/:model_name/:pk/panel/:panel_name/',
  '/:app_label/:model_name/:pk/form-spec/',
  '/:app_label/:model_name/:pk/change/',
  '/:app_label/:model_name/:pk/history/',
  '/:app_label/:model_name/:pk/delete-preview/',
  '/:app_label/:model_name/:pk/password/',
  '/:app_label/:model_name/:pk/',
] as const;

type Route = (typeof routes)[number];

const segmentsOf = (path: string): readonly string[] => path.split('/').slice(1, -1);

const partsOf = new Map(routes.map((route) => [route, segmentsOf(route)]));

/** The pattern that Django picks for a path of these decoded segments. */
const routeOf = (segments: readonly string[]): Route | undefined => {
  for (const [route, parts] of partsOf)
    if (
      parts.length === segments.length &&
      parts.every((part, i) => part.startsWith(':') || part === segments[i])
    )
      return route;
  return undefined;
};

const encodeSegment = (segment: string): string | undefined => {
  // A "/" is decoded before Django routes; "." and ".." are removed on the way there.
  if (segment === '' || segment === '.' || segment === '..' || segment.includes('/'))
    return undefined;
  try {
    return encodeURIComponent(segment);
  } catch {
    return undefined; // half of a surrogate pair
  }
};

/**
 * The encoded path of a pattern, relative to the mount. `undefined` where Django would not
 * get every value exactly as it is, or would run another endpoint with it: the key "bulk"
 * of an object has the path of the bulk endpoint.
 */
export const pathOf = (
  pattern: string,
  values: Readonly<Record<string, unknown>>,
): string | undefined => {
  const segments = segmentsOf(pattern).map((part) =>
    part.startsWith(':') ? String(values[part.slice(1)]) : part,
  );
  if (routeOf(segments) !== pattern) return undefined;
  const encoded = segments.map(encodeSegment);
  return encoded.includes(undefined) ? undefined : `/${encoded.map((part) => `${part}/`).join('')}`;
};

/** @throws GatewayError `unsupported` for a key that cannot be put into this path. */
export const requirePath = (pattern: string, values: Readonly<Record<string, unknown>>): string => {
  const path = pathOf(pattern, values);
  if (path !== undefined) return path;
  throw new GatewayError(
    'unsupported',
    'django-admin-rest-api has no address for this key: it would reach another endpoint, or nothing.',
    {
      hint: 'Run the gateway with --upstream stock, which reaches every key. Nothing was sent to Django.',
      details: { pattern, pk: String(values['pk'] ?? values['action_name'] ?? '') },
    },
  );
};
