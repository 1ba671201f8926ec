import type { Command, ReadyCommand } from './command.ts';
import { COMMANDS } from './commands.ts';
import { usage } from './words.ts';

/** What a command line asks for. */
type Asked =
  /** Of one command, where one is named. */
  | { readonly kind: 'help'; readonly of: Command | undefined }
  | { readonly kind: 'version' }
  | { readonly kind: 'command'; readonly command: ReadyCommand };

/** @throws Refusal `usage` when the words make no sense, with what to type instead. */
export function read(words: readonly string[]): Asked {
  const at = words.findIndex((word) => !word.startsWith('-'));
  // An option may stand before the command, and its value with it.
  const place = at === 0 ? 0 : words.findIndex(isCommand);
  const word = words[place === -1 ? at : place];
  const command = COMMANDS.find(({ name }) => name === word);
  if (words.length === 0 || word === 'help' || words.includes('--help') || words.includes('-h')) {
    return { kind: 'help', of: command };
  }
  if (words.includes('--version')) return { kind: 'version' };
  if (command) return { kind: 'command', command: command.ready(words.toSpliced(place, 1)) };
  const names = COMMANDS.map(({ name }) => name);
  const known = `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
  throw usage(
    word === undefined
      ? `Say what to do: ${known}`
      : `There is no command ${JSON.stringify(word)}: say ${known}`,
  );
}

function isCommand(word: string): boolean {
  return COMMANDS.some(({ name }) => name === word);
}

/** The same as plain data. @throws Refusal `usage` */
export function readArguments(words: readonly string[]): { readonly [name: string]: unknown } {
  const asked = read(words);
  return asked.kind === 'command'
    ? { name: asked.command.name, ...asked.command.asked }
    : { name: asked.kind };
}
