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

const commands: readonly CommandSpec[] = [
  {
    name: 'stdio',
    summary: 'serve MCP on stdin and stdout, for a client on this machine',
    groups: ['Site', 'Sign-in', 'MCP', 'Limits'],
    load: async () => (await import('./stdio.ts')).stdio,
  },
  {
    name: 'serve',
    summary: 'serve MCP over HTTP, each caller with their own admin session',
    groups: ['Site', 'MCP', 'Server', 'Limits'],
    load: async () => (await import('./serve.ts')).serve,
  },
  {
    name: 'login',
    summary: 'log in to the admin and store the session',
    groups: ['Site', 'Sign-in'],
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
    groups: ['Site', 'Sign-in', 'Limits'],
    load: async () => (await import('./call.ts')).call,
  },
  {
    name: 'tools',
    summary: 'list the tools, or one with its schema',
    arguments: [['[tool]', 'a tool, such as list']],
    groups: ['MCP'],
    flags: [json()],
    load: async () => (await import('./tools.ts')).tools,
  },
  {
    name: 'check',
    summary: 'check the settings and the site, step by step',
    groups: ['Site', 'Sign-in', 'MCP'],
    flags: [json()],
    load: async () => (await import('./check.ts')).check,
  },
  {
    name: 'demo',
    summary: 'start a Django admin with data and a gateway in front of it (needs Python)',
    groups: [],
    flags: [
      new Option('--once', 'call all tools, then exit'),
      new Option('--upstream <kind>', 'stock or rest').default('stock'),
      new Option('--django <version>', 'such as 5.2').default('5.2'),
    ],
    load: async () => (await import('./demo.ts')).demo,
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
    command.option('--config <FILE>', 'a JSON file with settings, keyed as in the README');
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

/** Runs the command line and answers with the exit code. */
export const runProgram = async (argv: readonly string[]): Promise<number> => {
  let code = 0;
  const program = new Command('django-admin-mcp-api')
    .description('Any Django admin as an MCP server.')
    .version(packageVersion)
    .exitOverride()
    .showHelpAfterError('Run with --help to see what there is.');
  for (const spec of commands)
    addCommand(program, spec, (exit) => {
      code = exit;
    });
  program.commands.forEach((command) => {
    command.copyInheritedSettings(program);
  });
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
