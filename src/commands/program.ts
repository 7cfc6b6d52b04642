import { Command, Option } from 'commander';
import { environmentPrefix, type OptionKey, optionKeys, optionSpec } from '../config/options.ts';
import { packageVersion } from '../version.ts';
import { reportError } from './exit.ts';
import type { ParsedFlags } from './settings.ts';

/** A command: it runs with its flags and positional arguments and answers with an exit code. */
export type RunCommand = (flags: ParsedFlags, ...args: readonly string[]) => Promise<number>;

type Group = ReturnType<typeof optionSpec>['group'];

interface CommandSpec {
  readonly name: string;
  readonly arguments?: readonly (readonly [string, string])[];
  readonly summary: string;
  /** The groups of settings that its `--help` shows. All settings are read in any case. */
  readonly groups: readonly Group[];
  readonly flags?: readonly Option[];
  readonly load: () => Promise<RunCommand>;
}

const json = (): Option => new Option('--json', 'print JSON');

/** Options of a command that are no settings. */
const setupFlags: readonly Option[] = [
  new Option('--list', 'what each client supports, and where its files are'),
  new Option('--name <NAME>', 'what the client calls this server').default('django-admin'),
  new Option('--scope <SCOPE>', "whose file: this user's or this project's")
    .choices(['user', 'project'])
    .default('user'),
  new Option('--file <FILE>', 'another file than the usual one'),
  new Option('--http <URL>', 'connect to a running "serve" at this URL instead of starting stdio'),
  new Option(
    '--program <KIND>',
    'how the client starts it: by npx, or with this node and this file',
  )
    .choices(['npx', 'node'])
    .default('npx'),
  new Option('--print', 'print what belongs into the file'),
  new Option('--dry-run', 'say what would be done'),
];

const loginFlags: readonly Option[] = [
  new Option('--otp <CODE>', 'the one-time code, where the site asks for one'),
  new Option('--cookie', 'take a session from a browser: asks for its cookie'),
  new Option('--cookie-file <FILE>', 'the same from a file; "-" reads stdin'),
  new Option('--cookie-command <COMMAND>', 'the same from what a shell command prints'),
  new Option('--browser', 'log in with your own Chrome, Chromium or Edge, on a profile of its own'),
  new Option('--browser-path <FILE>', 'which browser, where the usual ones are not found'),
  new Option(
    '--browser-arg <ARGUMENT>',
    'a further argument for the browser; may be repeated',
  ).argParser((text: string, before: string[] | undefined) => [...(before ?? []), text]),
];

const commands: readonly CommandSpec[] = [
  {
    name: 'stdio',
    summary: 'serve MCP on stdin and stdout, for a client on this machine',
    groups: ['Site', 'Sign-in', 'MCP', 'Policy', 'Writes', 'Files', 'Limits'],
    load: async () => (await import('./stdio.ts')).stdio,
  },
  {
    name: 'serve',
    summary: 'serve MCP over HTTP, each caller with their own admin session',
    groups: ['Site', 'MCP', 'Policy', 'Writes', 'Files', 'Server', 'Limits'],
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'setup',
    arguments: [['[client]', 'such as claude-code, cursor or vscode; without one, all are listed']],
    summary: "write this server into an MCP client's own configuration file",
    groups: ['Site', 'Sign-in', 'MCP', 'Policy', 'Writes', 'Files', 'Limits'],
    flags: setupFlags,
    load: async () => (await import('./setup.ts')).setup,
  },
  {
    name: 'login',
    summary: 'log in to the admin and store the session',
    groups: ['Site', 'Sign-in'],
    flags: loginFlags,
    load: async () => (await import('./login.ts')).login,
  },
  {
    name: 'logout',
    summary: 'end the stored session, in Django too',
    groups: ['Site', 'Sign-in'],
    load: async () => (await import('./logout.ts')).logout,
  },
  {
    name: 'whoami',
    summary: 'tell whose session is used',
    groups: ['Site', 'Sign-in'],
    flags: [json()],
    load: async () => (await import('./whoami.ts')).whoami,
  },
  {
    name: 'call',
    arguments: [
      ['<tool>', 'a tool, such as list'],
      ['[arguments]', 'its arguments as JSON; "-" reads them from stdin'],
    ],
    summary: 'call one tool and print its answer',
    groups: ['Site', 'Sign-in', 'Policy', 'Writes', 'Files', 'Limits'],
    load: async () => (await import('./call.ts')).call,
  },
  {
    name: 'tools',
    summary: 'list the tools, or one with its schema',
    arguments: [['[tool]', 'a tool, such as list']],
    groups: ['MCP', 'Policy'],
    flags: [json()],
    load: async () => (await import('./tools.ts')).tools,
  },
  {
    name: 'check',
    summary: 'check the settings and the site, step by step, or the file of an MCP client',
    groups: ['Site', 'Sign-in', 'MCP', 'Policy'],
    flags: [
      json(),
      new Option('--client <CLIENT>', "check this client's file instead, such as vscode"),
      new Option('--file <FILE>', 'with --client: another file than the usual ones'),
      new Option('--name <NAME>', 'with --client: only the server of this name'),
    ],
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'headers',
    summary: 'print the stored session as HTTP headers, for programs that call "serve"',
    groups: ['Site', 'Sign-in'],
    flags: [new Option('--export', 'as lines for a shell')],
    load: async () => (await import('./headers.ts')).headers,
  },
  {
    name: 'completions',
    arguments: [['<shell>', 'bash, zsh or fish']],
    summary: 'print completions for a shell',
    groups: [],
    load: async () => {
      const { completions } = await import('./completions.ts');
      return completions(programOf());
    },
  },
];

/** Repeatable flags collect their texts; the others keep the last one, as shells expect. */
const settingOption = (key: OptionKey): Option | undefined => {
  const { flag, value, help, kind } = optionSpec(key);
  if (flag === undefined) return undefined;
  const option = new Option(
    kind === 'switch' ? `--${flag}` : `--${flag} <${value ?? 'VALUE'}>`,
    `${help} [${environmentPrefix}${key}]`,
  );
  return kind === 'list' || kind === 'map'
    ? option.argParser((text: string, before: string[] | undefined) => [...(before ?? []), text])
    : option;
};

const addCommand = (program: Command, spec: CommandSpec, done: (code: number) => void): void => {
  const command = program.command(spec.name).description(spec.summary);
  for (const [name, help] of spec.arguments ?? []) command.argument(name, help);
  for (const flag of spec.flags ?? []) command.addOption(flag);
  if (spec.groups.length > 0)
    command
      .option('--config <FILE>', 'a JSON file with settings, keyed as in the README')
      .option('--site <NAME>', 'which one, where that file has several sites');
  for (const key of optionKeys) {
    const option = settingOption(key);
    if (option === undefined || spec.groups.length === 0) continue;
    command.addOption(spec.groups.includes(optionSpec(key).group) ? option : option.hideHelp());
  }
  command.action(async (...given: unknown[]) => {
    const [flags, ...positional] = given.slice(0, -1).reverse();
    const run = await spec.load();
    done(
      await run(
        flags as ParsedFlags,
        ...positional.reverse().filter((text): text is string => typeof text === 'string'),
      ).catch(reportError),
    );
  });
};

const usageErrorCode = 2;

/**
 * @param wanted the one command that is needed; all of them, where none is named so. Each has
 *   fifty options, and making those of all commands takes as long as a client's first answer.
 */
const programOf = (done: (code: number) => void = () => undefined, wanted?: string): Command => {
  const program = new Command('django-admin-mcp-api')
    .description('Any Django admin as an MCP server.')
    .version(packageVersion)
    .exitOverride()
    .showHelpAfterError('Run with --help to see what there is.');
  const specs = commands.filter(({ name }) => name === wanted);
  for (const spec of specs.length > 0 ? specs : commands) addCommand(program, spec, done);
  program.commands.forEach((command) => {
    command.copyInheritedSettings(program);
  });
  return program;
};

/** Runs the command line and answers with the exit code. */
export const runProgram = async (argv: readonly string[]): Promise<number> => {
  let code = 0;
  // Whoever read us has gone, as with "| head": there is nobody left to tell.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(code);
  });
  const [wanted] = argv;
  const program = programOf((exit) => {
    code = exit;
  }, wanted);
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    // commander has printed the message; help and version arrive here with exit code 0.
    const { exitCode } = error as { exitCode?: number };
    if (exitCode === undefined) throw error;
    return exitCode === 0 ? 0 : usageErrorCode;
  }
  return code;
};
