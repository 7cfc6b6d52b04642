import { environmentPrefix } from '../config/options.ts';
import type { Secret, Server } from './client.ts';

export const packageName = 'django-admin-mcp-api';

/** Where the client finds the program: by npx, or where it is installed now. */
export type Program = { readonly kind: 'npx' } | { readonly kind: 'node'; readonly file: string };

const passwordSecret = (name: string): Secret => ({
  name: `${environmentPrefix}PASSWORD`,
  variable: `${environmentPrefix}PASSWORD`,
  prompt: `${name}-password`,
  title: 'Password of the Django admin user',
});

/** Of a caller of `serve`: their own session. */
const sessionSecrets = (name: string, csrfHeader: string): readonly Secret[] => [
  {
    name: 'Cookie',
    variable: 'DJANGO_ADMIN_COOKIE',
    prompt: `${name}-cookie`,
    title: 'Cookies of the Django admin: sessionid=…; csrftoken=…',
  },
  {
    name: csrfHeader,
    variable: 'DJANGO_ADMIN_CSRF',
    prompt: `${name}-csrf`,
    title: 'The csrftoken cookie again',
  },
];

/**
 * @param args of `stdio`
 * @param asksPassword the arguments name a user, whose password the client may ask for
 */
export const stdioServer = (
  name: string,
  args: readonly string[],
  asksPassword: boolean,
  program: Program,
  platform: NodeJS.Platform,
): Server => {
  const npx = ['-y', packageName, 'stdio', ...args];
  const secrets = asksPassword ? [passwordSecret(name)] : [];
  if (program.kind === 'node')
    return {
      kind: 'stdio',
      command: process.execPath,
      args: [program.file, 'stdio', ...args],
      secrets,
    };
  // npx is a .cmd on Windows, which only a shell can start.
  return platform === 'win32'
    ? { kind: 'stdio', command: 'cmd', args: ['/c', 'npx', ...npx], secrets }
    : { kind: 'stdio', command: 'npx', args: npx, secrets };
};

export const httpServer = (name: string, url: string, csrfHeader: string): Server => ({
  kind: 'http',
  url,
  secrets: sessionSecrets(name, csrfHeader),
});
