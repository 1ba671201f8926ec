import { terminalSentence, terminalStack } from '../surfaces/terminal.ts';
import { writeWhole } from './output.ts';
import { clearProgress } from './progressLine.ts';

/** One line on standard error. */
export function complain(sentence: string): void {
  clearProgress();
  process.stderr.write(`${terminalSentence(sentence)}\n`);
}

/** A mistake of ours, with its stack. */
export function complainOfDefect(error: unknown): void {
  clearProgress();
  process.stderr.write(
    `${terminalStack(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
  );
}

/** On standard output; lines that hold names are made by `terminalLines`. */
export function answer(text: string): Promise<void> {
  return writeWhole(undefined, text);
}
