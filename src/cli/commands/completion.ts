import { type Command, command, type Options } from '../command.ts';
import { answer } from '../say.ts';
import { oneOf } from '../words.ts';

const SHELLS = ['bash', 'zsh'] as const;

/** @param commands those that are completed; itself beside them */
export function completionOf(commands: readonly Command[]): Command {
  return command({
    name: 'completion',
    files: ['SHELL'],
    summary: 'A script that completes commands, options and their words, for bash or zsh',
    more: 'In bash: source <(attribution-lens completion bash)',
    options: {},
    read: ([shell]) => ({ shell: oneOf('SHELL', shell!, SHELLS) }),
    run: async ({ shell }) => answer(script(shell, commands)),
  });
}

/** bash's own completion; zsh has it in `bashcompinit`. */
function script(shell: (typeof SHELLS)[number], commands: readonly Command[]): string {
  const names = [...commands.map(({ name }) => name), 'completion', '--help', '--version'];
  const cases = commands.map(
    ({ name, options }) =>
      `    ${name}) options='${Object.keys(options)
        .map((option) => `--${option}`)
        .join(' ')} --help';;`,
  );
  const values = Object.entries(wordsOf(commands)).map(
    ([key, words]) => `    ${key}) values='${words.join(' ')}';;`,
  );
  return `${shell === 'zsh' ? 'autoload -U +X bashcompinit && bashcompinit\n' : ''}_attribution_lens() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]} options='' values=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${names.join(' ')}' -- "$word"))
    return
  fi
  case $command in
${cases.join('\n')}
    completion) options='${SHELLS.join(' ')}';;
  esac
  case $command$before in
${values.join('\n')}
  esac
  if [ -n "$values" ]; then
    COMPREPLY=($(compgen -W "$values" -- "$word"))
  elif [[ $word == -* || $command == completion ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  fi
}
complete -o default -F _attribution_lens attribution-lens
`;
}

/** `explain--format` → its words. */
function wordsOf(commands: readonly Command[]): Record<string, readonly string[]> {
  return Object.fromEntries(
    commands.flatMap(({ name, options }) =>
      Object.entries(options as Options).flatMap(([option, { words }]) =>
        words ? [[`${name}--${option}`, words]] : [],
      ),
    ),
  );
}
