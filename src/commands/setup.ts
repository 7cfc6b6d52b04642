import { resolve } from 'node:path';
import { type ClientId, clientIds, clientOfName, clients } from '../clients/catalogue.ts';
import { type ClientSpec, isHttpForm, type Scope, type Server } from '../clients/client.ts';
import { type Entry, entryFor, launchOf } from '../clients/entry.ts';
import { parseClientFile, withEntry } from '../clients/file.ts';
import { alternativesOf } from '../clients/links.ts';
import { lintName } from '../clients/lint/name.ts';
import { httpServer, packageName, stdioServer } from '../clients/server.ts';
import type { Settings } from '../config/options.ts';
import { clientOf, signInCommand, storedSessionOf } from '../connect.ts';
import { GatewayError } from '../operations/errors.ts';
import { isJsonObject } from '../operations/json.ts';
import { defaultStoreDir } from '../session/file-store.ts';
import { readClientFile, writeClientFile } from './client-file.ts';
import { here } from './here.ts';
import type { RunCommand } from './program.ts';
import { type ParsedFlags, settingsOf } from './settings.ts';
import { stdioFlags } from './stdio-flags.ts';

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const scopeOf = (client: ClientSpec & { readonly id: ClientId }, flags: ParsedFlags): Scope => {
  const scope = String(flags['scope'] ?? 'user') as Scope;
  if (client.files[scope] === undefined)
    throw new GatewayError('input', `${client.title} has no file for the scope "${scope}".`, {
      hint: `It has: ${Object.keys(client.files).join(', ')}.`,
    });
  return scope;
};

const nameOf = (flags: ParsedFlags): string => {
  const name = String(flags['name']);
  const fault = lintName(name).find(({ state }) => state === 'error');
  if (fault !== undefined)
    throw new GatewayError(
      'input',
      fault.message,
      fault.hint === undefined ? {} : { hint: fault.hint },
    );
  return name;
};

const serverFor = (
  client: ClientSpec,
  name: string,
  settings: Settings,
  flags: ParsedFlags,
): Server => {
  const url = flags['http'];
  if (url !== undefined) return httpServer(name, String(url), settings.CSRF_HEADER);
  const place = here();
  const asksPassword = client.prompts && settings.USERNAME !== null;
  const args = stdioFlags(settings, flags, asksPassword ? [] : ['USERNAME']);
  // Most clients drop this variable, and would look for the session elsewhere.
  const moved = place.env['XDG_STATE_HOME'] !== undefined && settings.SESSION_DIR === null;
  if (moved && client.environment !== 'shell') args.push('--session-dir', defaultStoreDir());
  const program =
    flags['program'] === 'node'
      ? ({ kind: 'node', file: resolve(process.argv[1] ?? '') } as const)
      : ({ kind: 'npx' } as const);
  return stdioServer(name, args, asksPassword, program, place.platform);
};

/** How the session gets to the gateway; the file never holds one. */
const signInSteps = async (
  client: ClientSpec,
  server: Server,
  settings: Settings,
): Promise<readonly string[]> => {
  if (server.kind === 'http') {
    if (client.prompts) return [`${client.title} asks for the cookies when it starts the server.`];
    if (isHttpForm(client.http) && client.http.reference !== undefined)
      return [
        `Start ${client.title} where ${server.secrets.map(({ variable }) => variable).join(' and ')} are set; this prints them:`,
        `  eval "$(npx ${packageName} headers --export --url ${settings.ADMIN_SITE ?? 'https://your.site/admin/'})"`,
      ];
    return [
      `${client.title} reads headers from its file only, and a session does not belong there: nothing was put in.`,
      'Use stdio (leave --http out), or a gateway behind a sign-in of its own.',
    ];
  }
  if (server.secrets.length > 0) return [`${client.title} asks for the password and keeps it.`];
  const notes =
    settings.USERNAME === null
      ? []
      : [`${client.title} has no prompt for a password, so --username was left out.`];
  const site = clientOf(settings);
  const { store, key } = storedSessionOf(settings, site);
  const stored = await store.load(key);
  await site.close();
  return [
    ...notes,
    stored === undefined
      ? `It uses the stored session, and there is none yet. Run: ${signInCommand(settings, site)}`
      : `It uses the stored session of ${stored.userName ?? 'your last login'}.`,
  ];
};

const list = (): void => {
  const place = here();
  for (const id of clientIds) {
    const client: ClientSpec = clients[id];
    const { http } = client;
    const sessionBy = client.prompts
      ? 'asks for secrets'
      : isHttpForm(http) && http.reference !== undefined
        ? 'headers from variables'
        : 'no secrets but a stored session';
    print(`${id.padEnd(15)} ${client.title}`);
    print(
      `${' '.repeat(16)}${isHttpForm(http) ? 'stdio and HTTP' : 'stdio only'}; ${sessionBy}; ${client.format.toUpperCase()}, "${client.key}"`,
    );
    for (const [scope, file] of Object.entries(client.files))
      print(`${' '.repeat(16)}${scope}: ${file(place)}`);
  }
};

const wasThere = async (client: ClientSpec, text: string, name: string): Promise<boolean> => {
  const servers = (await parseClientFile(client, text))[client.key];
  return isJsonObject(servers) && name in servers;
};

const printAlternatives = (
  client: ClientSpec & { readonly id: ClientId },
  name: string,
  entry: Entry,
  scope: Scope,
): void => {
  const launch = launchOf(client, entry.value);
  if (launch === undefined) return;
  const alternatives = alternativesOf(client.id, name, entry, launch, scope);
  if (alternatives.length > 0) print('The same in another way:');
  for (const alternative of alternatives) print(`  ${alternative}`);
};

/** The settings, with the admin's URL as it is asked: in full, with its slash. */
const settingsFor = async (flags: ParsedFlags): Promise<Settings> => {
  const settings = await settingsOf(flags);
  if (flags['http'] !== undefined) return settings;
  const client = clientOf(settings);
  await client.close();
  return { ...settings, ADMIN_SITE: client.site.adminUrl.href };
};

/**
 * Writes this gateway into a client's own configuration file, or prints what belongs there.
 * Everything else in the file stays; what was there before is kept as a .bak beside it.
 */
export const setup: RunCommand = async (flags, clientName) => {
  if (flags['list'] === true || clientName === undefined) {
    list();
    return 0;
  }
  const client = clientOfName(clientName);
  const settings = await settingsFor(flags);
  const scope = scopeOf(client, flags);
  const name = nameOf(flags);
  const server = serverFor(client, name, settings, flags);
  const entry = entryFor(client, server);
  if (flags['print'] === true) {
    process.stdout.write(await withEntry(client, '', name, entry));
    return 0;
  }
  const path = resolve(String(flags['file'] ?? client.files[scope]?.(here())));
  const before = await readClientFile(path);
  const after = await withEntry(client, before ?? '', name, entry);
  const replaced = before !== undefined && (await wasThere(client, before, name));
  if (after === before) print(`"${name}" is in ${path} already, as it should be.`);
  else if (flags['dryRun'] === true) {
    print(`Would ${replaced ? 'replace' : 'add'} "${name}" in ${path}:\n`);
    process.stdout.write(await withEntry(client, '', name, entry));
    print('\nNothing was written.');
    return 0;
  } else {
    const backup = await writeClientFile(path, after);
    print(`${replaced ? 'Replaced' : 'Added'} "${name}" in ${path}.`);
    if (backup !== undefined) print(`The file as it was: ${backup}`);
  }
  for (const step of await signInSteps(client, server, settings)) print(step);
  print(client.next);
  printAlternatives(client, name, entry, scope);
  return 0;
};
