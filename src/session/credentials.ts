/** What a user types into the login form. Never logged, never in a message. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Further fields of the site's login form by name: `{ otp_token: '123456' }`. */
  readonly fields?: Readonly<Record<string, string>>;
  /**
   * Asked once, where the login wants a one-time code that `fields` does not hold; undefined
   * leaves the field empty.
   */
  readonly code?: (() => Promise<string | undefined>) | undefined;
}
