import type { Caller } from '../django/caller.ts';
import type { DjangoResponse } from '../django/messages.ts';
import { isLoginRedirect } from '../django/redirects.ts';
import { GatewayError } from '../operations/errors.ts';
import { isJsonObject, type JsonObject } from '../operations/json.ts';
import { parseJsonExactly } from '../operations/json-exact.ts';
import type { Answer } from '../operations/upstream.ts';

/** What an answer is judged by, of the session that asked. */
type Asked = Pick<Caller, 'site' | 'signInHint'>;

const installHint =
  'Is django-admin-rest-api installed and mounted there? If not: pip install django-admin-rest-api, add "django_admin_rest_api" to INSTALLED_APPS and path("", include("django_admin_rest_api.urls")) to the URLs; or run the gateway with --upstream stock, which needs neither.';

/** What to throw when Django's answer says nothing: only a read has certainly done nothing. */
export const unclear = (unsafe: boolean, what: string, status?: number): GatewayError =>
  unsafe
    ? new GatewayError('unknown_outcome', `${what} The change may have been saved all the same.`, {
        // 1.8.1 saves first and then builds its answer, which can fail (a display method that raises).
        hint: 'Read the object before trying again.',
        ...(status === undefined ? {} : { details: { status } }),
      })
    : new GatewayError('upstream', what, {
        hint: 'The log of the Django project has the cause; its page is not shown, since it may hold settings.',
        ...(status === undefined ? {} : { details: { status } }),
      });

const anonymous = (hint: string): GatewayError =>
  new GatewayError('anonymous', 'Django does not know this session any more.', { hint });

const redirectError = (response: DjangoResponse, asked: Asked): GatewayError => {
  // LoginRequiredMiddleware (Django 5.1) and its like; the view never ran.
  if (isLoginRedirect(asked.site, response)) return anonymous(asked.signInHint);
  const to = response.location;
  return new GatewayError('upstream', 'Django redirected the request instead of answering it.', {
    hint: 'Give the address that Django itself uses: scheme, host and REST path as they are in its URLs.',
    details: {
      status: response.status,
      location: to === undefined ? null : to.origin + to.pathname,
    },
  });
};

const jsonBody = (response: DjangoResponse): JsonObject | undefined => {
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(response.headers['content-type'] ?? ''))
    return undefined;
  const body = parseJsonExactly(response.text);
  return isJsonObject(body) ? body : undefined;
};

/** Statuses at which the package speaks in `{"error": …}`; anything else is not its voice. */
const isContract = (status: number, body: JsonObject): boolean =>
  status < 300 || (status < 500 && isJsonObject(body['error']));

const errorCode = (body: JsonObject): unknown =>
  isJsonObject(body['error']) ? body['error']['code'] : undefined;

const pageError = ({ status }: DjangoResponse, unsafe: boolean): GatewayError => {
  if (status === 403)
    return new GatewayError('forbidden', 'Django refused the request with a page of its own.', {
      hint: 'Most often its CSRF check: behind HTTPS or a proxy, add the origin to CSRF_TRUSTED_ORIGINS; with a CSRF_HEADER_NAME of its own, give it as --csrf-header. An action that raises PermissionDenied looks the same.',
      details: { status },
    });
  if (status === 404)
    return new GatewayError('missing', 'There is no django-admin-rest-api at the REST path.', {
      hint: installHint,
      details: { status },
    });
  if (status === 413)
    return new GatewayError('too_large', 'Django refused the size of the request.', {
      details: { status },
    });
  if (status < 300)
    return unclear(
      unsafe,
      'Django answered with something that is not the JSON of django-admin-rest-api.',
      status,
    );
  if (status < 500)
    return new GatewayError('upstream', 'Django refused the request with a page of its own.', {
      hint: 'Common causes: ALLOWED_HOSTS lacks the host, or a limit of the server.',
      details: { status },
    });
  return unclear(unsafe, 'Django failed while it ran this call.', status);
};

/**
 * The answer in a response of the package. A refusal in its envelope is an answer; pages of
 * Django itself are not, and never become part of an error: with DEBUG they hold settings.
 *
 * @param unsafe whether the request may have changed data
 * @throws GatewayError `anonymous` | `forbidden` | `missing` | `too_large` | `upstream` | `unknown_outcome`
 */
export const readAnswer = (response: DjangoResponse, asked: Asked, unsafe: boolean): Answer => {
  const { status } = response;
  if (status === 401) throw anonymous(asked.signInHint);
  if (status >= 300 && status < 400) throw redirectError(response, asked);
  if (status === 204) return { status, body: {} };
  const body = jsonBody(response);
  if (body === undefined || !isContract(status, body)) throw pageError(response, unsafe);
  const code = errorCode(body);
  if (status === 403 && (code === 'session_expired' || code === 'not_authenticated'))
    throw anonymous(asked.signInHint);
  return { status, body };
};
