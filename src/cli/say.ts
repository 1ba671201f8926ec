import { terminalSentence, terminalStack } from '../surfaces/terminal.ts';
import { writeWhole } from './output.ts';

/** One line on standard error. */
export function complain(sentence: string): void {
  process.stderr.write(`${terminalSentence(sentence)}\n`);
}

/** A mistake of ours, with its stack. */
export function complainOfDefect(error: unknown): void {
  process.stderr.write(
    `${terminalStack(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
}

/** The line that stands for progress, written over. */
export function rewriteLine(text: string): void {
  process.stderr.write(`\r\u001b[K${terminalSentence(text)}`);
}

/** On standard output; lines that hold names are made by `terminalLines`. */
export function answer(text: string): Promise<void> {
  return writeWhole(undefined, text);
}
