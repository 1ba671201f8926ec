import { visible } from './visible.ts';

/** A sentence for standard error: one line that can neither steer the terminal nor pass for two. */
export function terminalSentence(text: string): string {
  return visible(text, { most: 1400 });
}

/** A line of an answer. */
export function terminalLine(text: string): string {
  return visible(text, { most: 2000 });
}

/** A name as a cell of a table. */
export function terminalCell(text: string): string {
  return visible(text, { most: 200 });
}

/** Lines of an answer, each of which stays one, with the break after the last. */
export function terminalLines(lines: readonly string[]): string {
  return lines.map((line) => `${terminalLine(line)}\n`).join('');
}

/** The stack of a defect: lines of its own. */
export function terminalStack(text: string): string {
  return visible(text, { most: 20_000, lines: true });
}
