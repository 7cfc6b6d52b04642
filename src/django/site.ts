/** One Django `AdminSite`, named by the URL of its admin index. */
export interface Site {
  /** A name for people and logs. */
  readonly name: string;
  /** The admin index, ending in `/`. Nothing outside its origin is ever contacted. */
  readonly adminUrl: URL;
  /** Where `django-admin-rest-api` is mounted on the same origin, ending in `/`: `/api/v1/`. */
  readonly restPath: string;
  /** The header in which Django looks for the CSRF token (`CSRF_HEADER_NAME`): `X-CSRFToken`. */
  readonly csrfHeader: string;
  /**
   * The origin that Django believes to be served from, where a proxy in front of it changes
   * scheme or host; used in `Referer`, and to read redirects.
   */
  readonly publicOrigin: string | undefined;
  /**
   * Sent with every request: `X-Forwarded-Proto` and the like. Over TLS, a `Host` among them
   * also names the certificate that the server must have.
   */
  readonly headers: Readonly<Record<string, string>>;
  /** How long one answer may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Largest page read, in bytes. */
  readonly maxPageBytes: number;
}
