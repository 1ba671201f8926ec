import type { Level } from './level.ts';

/** Lines from..to (0-based, both included) that get one colour. */
export interface LineRun {
  readonly from: number;
  readonly to: number;
  readonly level: Level;
}

/**
 * Rows in runs of one level, for the overview ruler: at most `most` runs, however long the file. Where lines crowd,
 * neighbours share a run, which takes the strongest of them, so that peaks survive. Rows of level 0 get none.
 * @param lines [N] 0-based, ascending
 * @param levels [N]
 */
export function overviewRuns(lines: ArrayLike<number>, levels: ArrayLike<Level>, most: number): LineRun[] {
  const count = lines.length;
  if (count === 0) return [];
  const size = Math.ceil((lines[count - 1]! - lines[0]! + 1) / most);
  const runs: LineRun[] = [];
  for (let i = 0; i < count; ) {
    const bin = Math.floor((lines[i]! - lines[0]!) / size);
    const from = i;
    let level = 0;
    for (; i < count && Math.floor((lines[i]! - lines[0]!) / size) === bin; i++) {
      if (Math.abs(levels[i]!) > Math.abs(level)) level = levels[i]!;
    }
    const last = runs.at(-1);
    if (level === 0) continue;
    if (last?.level === level && last.to + 1 === lines[from]!)
      runs[runs.length - 1] = { ...last, to: lines[i - 1]! };
    else runs.push({ from: lines[from]!, to: lines[i - 1]!, level });
  }
  return runs;
}
