import { looksLikeSeries } from './choices.ts';

/** Above more of them the code would be hard to read. */
const MOST_LENSES = 4;
const LONGEST_LINE = 1000;

/** A line (0-based) of a cell that gives a value to a variable which its name says is a series. */
interface SeriesLine {
  readonly line: number;
  readonly name: string;
}

/** `X_test = …`, `X_train, X_test, y_train, y_test = …`: the last of each name in a cell, in the order of the lines. */
export function seriesNames(code: string): SeriesLine[] {
  const found = new Map<string, number>();
  for (const [line, text] of code.split(/\r?\n/).entries()) {
    const targets = /^([\p{L}_][\p{L}\p{N}_, ]*)=(?!=)/u.exec(text.slice(0, LONGEST_LINE))?.[1];
    for (const name of targets?.split(',').map((each) => each.trim()) ?? []) {
      if (looksLikeSeries(name)) found.set(name, line);
    }
  }
  return [...found]
    .map(([name, line]) => ({ line, name }))
    .sort((a, b) => a.line - b.line)
    .slice(0, MOST_LENSES);
}
