import type { OptionSpec } from '../option-spec.ts';

/** Whose session, for the commands that hold one. */
export const signInOptions = {
  USERNAME: {
    kind: 'text',
    flag: 'username',
    value: 'NAME',
    default: null,
    group: 'Sign-in',
    help: 'Log in as this user when there is no stored session, and again when the session ends.',
  },
  PASSWORD: {
    kind: 'text',
    default: null,
    secret: true,
    group: 'Sign-in',
    help: "That user's password. Environment or file only: a flag would show in the process list.",
  },
  LOGIN_FIELDS: {
    kind: 'map',
    default: {},
    secret: true,
    group: 'Sign-in',
    help: 'Further fields of the login form, such as otp=123456.',
  },
  COOKIE: {
    kind: 'text',
    default: null,
    secret: true,
    group: 'Sign-in',
    help: 'A session to use instead of a password: "sessionid=…", as the browser shows it.',
  },
  PROFILE: {
    kind: 'text',
    flag: 'profile',
    value: 'NAME',
    default: 'default',
    group: 'Sign-in',
    help: 'Which stored session to use, when several users log in to one site.',
  },
  SESSION_DIR: {
    kind: 'text',
    flag: 'session-dir',
    value: 'DIR',
    default: null,
    group: 'Sign-in',
    help: 'Where sessions are stored (mode 0700). Default: the state directory of your system.',
  },
  KEYCHAIN: {
    kind: 'switch',
    flag: 'keychain',
    default: false,
    group: 'Sign-in',
    help: 'Keep sessions in the keychain of your system; needs the package @napi-rs/keyring beside this one.',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;
