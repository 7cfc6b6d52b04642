import type { Command, Option } from 'commander';
import { optionKeys, optionSpec } from '../config/options.ts';
import { GatewayError } from '../operations/errors.ts';
import type { RunCommand } from './program.ts';

interface Word {
  readonly word: string;
  readonly help: string;
  /** What may follow a flag; empty for anything, undefined where nothing follows. */
  readonly values?: readonly string[];
}

interface Completed {
  readonly command: Word;
  readonly flags: readonly Word[];
}

const firstSentence = (text: string): string =>
  (/^.*?[.;:](?= |$)/.exec(text)?.[0] ?? text).replace(/[.;:]$/, '');

/** Those of a setting stand in its table: commander leaves judging them to the loader. */
const choicesOf = ({ long, argChoices }: Option): readonly string[] => {
  const key = optionKeys.find((known) => `--${optionSpec(known).flag}` === long);
  const spec = key === undefined ? undefined : optionSpec(key);
  return argChoices ?? (spec?.kind === 'choice' ? spec.choices : []);
};

const flagOf = (option: Option): Word => ({
  word: option.long ?? option.short ?? '',
  help: firstSentence(option.description),
  ...(option.required || option.optional ? { values: choicesOf(option) } : {}),
});

const commandsOf = (program: Command): readonly Completed[] =>
  program.commands.map((command) => ({
    command: { word: command.name(), help: command.description() },
    flags: [
      ...command.options.filter((option) => !option.hidden).map(flagOf),
      { word: '--help', help: 'display help for command' },
    ],
  }));

const namesOf = (program: Command): readonly string[] => [program.name(), 'django-admin-mcp'];

const words = (list: readonly Word[]): string => list.map(({ word }) => word).join(' ');

const bash = (program: Command): string => {
  const commands = commandsOf(program);
  const cases = commands.map(
    ({ command, flags }) => `    ${command.word}) words="${words(flags)}" ;;`,
  );
  const choices = [
    ...new Map(
      commands
        .flatMap(({ flags }) => flags)
        .filter(({ values }) => values !== undefined && values.length > 0)
        .map(({ word, values }) => [word, values?.join(' ')]),
    ),
  ].map(([word, values]) => `    ${word}) words="${values}" ;;`);
  return `_django_admin_mcp() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" words=""
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  [ "$COMP_CWORD" -eq 1 ] && words="${commands.map(({ command }) => command.word).join(' ')} --help --version"
  case "$before" in
${choices.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _django_admin_mcp ${namesOf(program).join(' ')}
`;
};

const inZsh = (text: string): string =>
  text.replaceAll(/[[\]:'\\]/g, (sign) => (sign === "'" ? "'\\''" : `\\${sign}`));

const zsh = (program: Command): string => {
  const commands = commandsOf(program);
  const argument = ({ word, help, values }: Word): string => {
    if (values === undefined) return `'${word}[${inZsh(help)}]'`;
    const action = values.length === 0 ? '_default' : `(${values.join(' ')})`;
    return `'*${word}[${inZsh(help)}]:value:${action}'`;
  };
  const cases = commands.map(
    ({ command, flags }) =>
      `    ${command.word}) _arguments ${flags.map(argument).join(' ')} '*:argument:_default' ;;`,
  );
  return `#compdef ${namesOf(program).join(' ')}
_django_admin_mcp() {
  local -a commands=(${commands.map(({ command }) => `'${command.word}:${inZsh(command.help)}'`).join(' ')})
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  local command="\${words[2]}"
  shift words; (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
compdef _django_admin_mcp ${namesOf(program).join(' ')}
`;
};

const inFish = (text: string): string => `'${text.replaceAll(/['\\]/g, (sign) => `\\${sign}`)}'`;

const fish = (program: Command): string => {
  const lines = commandsOf(program).flatMap(({ command, flags }) => [
    `-n __fish_use_subcommand -f -a ${command.word} -d ${inFish(command.help)}`,
    ...flags.map(({ word, help, values }) => {
      const takes =
        values === undefined
          ? ''
          : values.length === 0
            ? ' -r'
            : ` -x -a ${inFish(values.join(' '))}`;
      return `-n '__fish_seen_subcommand_from ${command.word}' -l ${word.slice(2)}${takes} -d ${inFish(help)}`;
    }),
  ]);
  return `${namesOf(program)
    .flatMap((name) => lines.map((line) => `complete -c ${name} ${line}`))
    .join('\n')}\n`;
};

const shells = { bash, zsh, fish } as const;

/** Prints the completions of the whole command line, made from itself, for a shell to source. */
export const completions =
  (program: Command): RunCommand =>
  async (_flags, shell = '') => {
    const known = Object.entries(shells).find(([name]) => name === shell);
    if (known === undefined)
      throw new GatewayError('input', `There are no completions for "${shell}".`, {
        hint: `There are for ${Object.keys(shells).join(', ')}.`,
      });
    process.stdout.write(known[1](program));
    return 0;
  };
