/** The body of a request to Django. */
export type RequestBody =
  | { readonly kind: 'json'; readonly value: unknown }
  /** `application/x-www-form-urlencoded`, in this order; names may repeat. */
  | { readonly kind: 'form'; readonly fields: readonly (readonly [string, string])[] }
  | {
      readonly kind: 'multipart';
      readonly fields: readonly (readonly [string, string])[];
      readonly files: readonly FilePart[];
    };

export interface FilePart {
  readonly field: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface DjangoRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Absolute path on the site's origin, encoded, with its query: `/admin/auth/user/?q=a`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
  /** Path of the page that the request comes from, for `Referer`; the request's own path by default. */
  readonly referer?: string;
  /** Largest answer taken, in bytes; the site's `maxPageBytes` by default. */
  readonly maxBytes?: number;
}

export interface DjangoResponse {
  readonly status: number;
  /** Lower-case names; repeated headers are joined by `, ` (but see {@link setCookies}). */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, decompressed. */
  readonly bytes: Uint8Array;
  /** The body in the charset that the answer names; UTF-8 by default. Decoded on first use. */
  readonly text: string;
  /** Path and query of the request. */
  readonly path: string;
  /** The `Location` of a redirect, resolved against the request. */
  readonly location: URL | undefined;
  /** The cookies that this answer set, by name; deleted ones have the value `''`. */
  readonly setCookies: ReadonlyMap<string, string>;
  /** The `Set-Cookie` headers as they came, one a cookie. */
  readonly setCookieLines: readonly string[];
}
