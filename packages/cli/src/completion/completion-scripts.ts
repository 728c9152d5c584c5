import type { Command } from '../command.ts';

export type Shell = 'bash' | 'zsh' | 'fish';

/** What a shell reads to complete `wirewrap`: commands and their options; every other word is a file. */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, (commands: readonly Command[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
};

interface OptionWord {
  /** `--board=` where a value follows. */
  readonly word: string;
  readonly name: string;
  readonly takesValue: boolean;
  readonly description: string;
}

function optionsOf({ options }: Command): OptionWord[] {
  const own = Object.entries(options).map(([name, { type, description }]) => ({
    word: type === 'string' ? `--${name}=` : `--${name}`,
    name,
    takesValue: type === 'string',
    description,
  }));
  return [...own, { word: '--help', name: 'help', takesValue: false, description: 'Show the help.' }];
}

function bashScript(commands: readonly Command[]): string {
  const cases = commands.map(
    (command) =>
      `    ${command.name}) words='${optionsOf(command)
        .map(({ word }) => word)
        .join(' ')}' ;;`,
  );
  return `# bash completion of wirewrap; load it with: source <(wirewrap completion bash)
_wirewrap() {
  local cur=\${COMP_WORDS[COMP_CWORD]} words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')}' -- "$cur"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
  esac
  case $cur in
    -*) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
    *) COMPREPLY=($(compgen -f -- "$cur")) ;;
  esac
  case \${COMPREPLY[0]} in *=) compopt -o nospace 2>/dev/null ;; esac
}
complete -o filenames -F _wirewrap wirewrap
`;
}

function zshScript(commands: readonly Command[]): string {
  const described = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary.replaceAll(':', '\\:')}`)}`);
  const cases = commands.map((command) => {
    const specs = optionsOf(command).map(({ word, takesValue, name, description }) => {
      const shown = description.replaceAll(/[[\]:\\]/g, '\\$&');
      return quoted(`${word}[${shown}]${takesValue ? `:${name}:_files` : ''}`);
    });
    return `    ${command.name}) _arguments ${[...specs, "'*:file:_files'"].join(' ')} ;;`;
  });
  return `#compdef wirewrap
# zsh completion of wirewrap; load it with: source <(wirewrap completion zsh)
_wirewrap() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
compdef _wirewrap wirewrap
`;
}

function fishScript(commands: readonly Command[]): string {
  const names = commands.map(
    ({ name, summary }) => `complete -c wirewrap -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary, 'fish')}`,
  );
  const options = commands.flatMap((command) =>
    optionsOf(command).map(
      ({ name, takesValue, description }) =>
        `complete -c wirewrap -n '__fish_seen_subcommand_from ${command.name}' -l ${name}${takesValue ? ' -r' : ''} -d ${quoted(description, 'fish')}`,
    ),
  );
  return `# fish completion of wirewrap; load it with: wirewrap completion fish | source\n${[...names, ...options].join('\n')}\n`;
}

/** In single quotes, in which fish also knows `\'` and `\\`, and zsh nothing. */
function quoted(text: string, shell: 'zsh' | 'fish' = 'zsh'): string {
  const inner = shell === 'fish' ? text.replaceAll(/['\\]/g, '\\$&') : text.replaceAll("'", "'\\''");
  return `'${inner}'`;
}
