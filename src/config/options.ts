import type { OptionSpec, ValueOf } from './option-spec.ts';

/**
 * Every setting, once. The flag, the environment variable (`DJANGO_ADMIN_MCP_API_` and the
 * key), the key of the configuration file, `--help`, and the table in the README come from here.
 */

const mebibyte = 1024 * 1024;

export const options = {
  ADMIN_SITE: {
    kind: 'text',
    flag: 'url',
    value: 'URL',
    default: null,
    group: 'Site',
    help: 'The admin to serve: the URL of its index page, such as https://shop.example/admin/.',
  },
  UPSTREAM: {
    kind: 'choice',
    choices: ['stock', 'rest'],
    flag: 'upstream',
    value: 'KIND',
    default: 'stock',
    group: 'Site',
    help: 'How to reach it: "stock" reads the HTML admin and posts its forms, "rest" calls django-admin-rest-api.',
  },
  REST_PATH: {
    kind: 'text',
    flag: 'rest-path',
    value: 'PATH',
    default: '/api/v1/',
    group: 'Site',
    help: 'Where django-admin-rest-api is mounted on the same origin.',
  },
  PUBLIC_ORIGIN: {
    kind: 'text',
    flag: 'public-origin',
    value: 'ORIGIN',
    default: null,
    group: 'Site',
    help: 'The scheme and host that Django believes it is served from, when a proxy in front of it changes them.',
  },
  HEADERS: {
    kind: 'map',
    flag: 'header',
    value: 'NAME=VALUE',
    default: {},
    group: 'Site',
    help: 'Sent to Django with every request, such as X-Forwarded-Proto=https. May be repeated.',
  },
  DISPATCHER_FACTORY: {
    kind: 'text',
    flag: 'dispatcher-factory',
    value: 'MODULE',
    default: null,
    group: 'Site',
    help: 'An ES module whose default export returns an upstream of your own.',
  },
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
  SERVER_NAME: {
    kind: 'text',
    flag: 'server-name',
    value: 'NAME',
    default: 'django-admin',
    group: 'MCP',
    help: 'The serverInfo.name that clients see; useful to tell staging from production.',
  },
  SERVER_VERSION: {
    kind: 'text',
    flag: 'server-version',
    value: 'VERSION',
    default: null,
    group: 'MCP',
    help: 'The serverInfo.version. Default: the version of this package.',
  },
  PROTOCOL_VERSION: {
    kind: 'choice',
    choices: ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'],
    flag: 'protocol-version',
    value: 'DATE',
    default: null,
    group: 'MCP',
    help: 'The newest MCP revision to offer. Default: all of them, and the client chooses.',
  },
  TOOL_NAMES: {
    kind: 'choice',
    choices: ['snake', 'dotted'],
    flag: 'tool-names',
    value: 'STYLE',
    default: 'snake',
    group: 'MCP',
    help: 'How tools are listed: admin_list, which every client takes, or admin.list. Calls may use either.',
  },
  RESULT_SHAPE: {
    kind: 'choice',
    choices: ['mcp', 'seed'],
    flag: 'result-shape',
    value: 'SHAPE',
    default: 'mcp',
    group: 'MCP',
    help: 'Results as MCP defines them, or the {"type": "json"} blocks of the Python package, which official clients reject.',
  },
  DISABLED_TOOLS: {
    kind: 'list',
    flag: 'disable-tools',
    value: 'NAMES',
    default: [],
    group: 'MCP',
    help: 'Tools to leave out and refuse, such as destroy,bulk_update,set_password.',
  },
  HOST: {
    kind: 'text',
    flag: 'host',
    value: 'ADDRESS',
    default: '127.0.0.1',
    group: 'Server',
    help: 'The address that serve listens on. Other than loopback needs ALLOWED_HOSTS.',
  },
  PORT: {
    kind: 'integer',
    min: 0,
    max: 65_535,
    flag: 'port',
    value: 'PORT',
    default: 8808,
    group: 'Server',
    help: 'The port that serve listens on; 0 takes a free one.',
  },
  ALLOWED_HOSTS: {
    kind: 'list',
    flag: 'allowed-hosts',
    value: 'HOSTS',
    default: [],
    group: 'Server',
    help: 'Host names that requests may carry besides localhost.',
  },
  ALLOWED_ORIGINS: {
    kind: 'list',
    flag: 'allowed-origins',
    value: 'ORIGINS',
    default: [],
    group: 'Server',
    help: "Origins of web pages that may call us besides our own and the site's.",
  },
  CSRF_HEADER: {
    kind: 'text',
    flag: 'csrf-header',
    value: 'NAME',
    default: 'X-CSRFToken',
    group: 'Server',
    help: "The header with the CSRF token, when the site's CSRF_HEADER_NAME is another.",
  },
  LOG_LEVEL: {
    kind: 'choice',
    choices: ['silent', 'error', 'warn', 'info', 'debug'],
    flag: 'log-level',
    value: 'LEVEL',
    default: 'info',
    group: 'Server',
    help: 'What is logged, as JSON lines on stderr. Never bodies, cookies or passwords.',
  },
  MAX_REQUEST_BYTES: {
    kind: 'integer',
    min: 1024,
    max: 64 * mebibyte,
    flag: 'max-request-bytes',
    value: 'BYTES',
    default: 256 * 1024,
    group: 'Limits',
    help: 'Largest MCP request over HTTP.',
  },
  MAX_RESULT_CHARS: {
    kind: 'integer',
    min: 2000,
    max: 10_000_000,
    flag: 'max-result-chars',
    value: 'CHARS',
    default: 40_000,
    group: 'Limits',
    help: 'Longest tool result, in characters of JSON; longer ones are cut at a row and say what to ask for next.',
  },
  MAX_PAGE_BYTES: {
    kind: 'integer',
    min: 64 * 1024,
    max: 256 * mebibyte,
    flag: 'max-page-bytes',
    value: 'BYTES',
    default: 16 * mebibyte,
    group: 'Limits',
    help: 'Largest answer read from Django.',
  },
  TIMEOUT_MS: {
    kind: 'integer',
    min: 100,
    max: 600_000,
    flag: 'timeout-ms',
    value: 'MS',
    default: 30_000,
    group: 'Limits',
    help: 'How long one answer of Django may take, in milliseconds.',
  },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export type OptionKey = keyof typeof options;

/** The settings after loading: a value for each key, `null` where there is none. */
export type Settings = {
  readonly [Key in OptionKey]:
    | ValueOf<(typeof options)[Key]>
    | ((typeof options)[Key]['default'] extends null ? null : never);
};

export const optionKeys = Object.keys(options) as OptionKey[];

/** The specification of a key, seen as any option's. */
export const optionSpec = (key: OptionKey): OptionSpec => options[key];

export const environmentPrefix = 'DJANGO_ADMIN_MCP_API_';
