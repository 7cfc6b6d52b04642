import type { ClientId } from './catalogue.ts';
import type { Scope } from './client.ts';
import type { Entry, Launch } from './entry.ts';

/** Quoted for a POSIX shell where that is needed. */
export const quoteForShell = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

const inShell = (words: readonly string[]): string => words.map(quoteForShell).join(' ');

const headerFlags = (headers: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(headers).flatMap(([key, value]) => ['--header', `${key}: ${value}`]);

const addToClaude = (name: string, launch: Launch, scope: Scope): string =>
  inShell(
    launch.kind === 'stdio'
      ? ['claude', 'mcp', 'add', '--scope', scope, name, '--', launch.command, ...launch.args]
      : [
          ...['claude', 'mcp', 'add', '--scope', scope, '--transport', 'http', name, launch.url],
          ...headerFlags(launch.headers),
        ],
  );

const addToGemini = (name: string, launch: Launch, scope: Scope): string =>
  inShell([
    ...['gemini', 'mcp', 'add', '--scope', scope],
    ...(launch.kind === 'stdio'
      ? [name, launch.command, '--', ...launch.args]
      : ['--transport', 'http', name, launch.url, ...headerFlags(launch.headers)]),
  ]);

const addToCopilot = (name: string, launch: Launch): string =>
  inShell([
    ...['copilot', 'mcp', 'add'],
    ...(launch.kind === 'stdio'
      ? [name, '--', launch.command, ...launch.args]
      : ['--transport', 'http', name, launch.url, ...headerFlags(launch.headers)]),
  ]);

/** What does the same in another way: a command of the client's own, or a link that it opens. */
export const alternativesOf = (
  id: ClientId,
  name: string,
  entry: Entry,
  launch: Launch,
  scope: Scope,
): readonly string[] => {
  switch (id) {
    case 'claude-code':
      return [addToClaude(name, launch, scope)];
    case 'gemini':
      return [addToGemini(name, launch, scope)];
    case 'copilot-cli':
      // Its command writes the user's file only.
      return scope === 'user' ? [addToCopilot(name, launch)] : [];
    case 'codex':
      return launch.kind === 'stdio'
        ? [inShell(['codex', 'mcp', 'add', name, '--', launch.command, ...launch.args])]
        : [];
    case 'cursor': {
      const config = Buffer.from(JSON.stringify(entry.value)).toString('base64');
      return [
        `cursor://anysphere.cursor-deeplink/mcp/install?name=${encodeURIComponent(name)}&config=${encodeURIComponent(config)}`,
      ];
    }
    case 'vscode': {
      const json = JSON.stringify({
        name,
        ...entry.value,
        ...(entry.prompts.length === 0 ? {} : { inputs: entry.prompts }),
      });
      return [
        `vscode:mcp/install?${encodeURIComponent(json)}`,
        // The command line takes no inputs, so it would leave a reference that leads nowhere.
        ...(entry.prompts.length === 0 ? [inShell(['code', '--add-mcp', json])] : []),
      ];
    }
    default:
      return [];
  }
};
