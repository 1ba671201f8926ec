import type { Stretch } from './columnChunk.ts';
import { type PackedRun, packedRuns } from './packedRun.ts';

/** The columns of a group of rows, each in runs of any order. */
export class RowGroup {
  /** Those still to be read, the first last. */
  readonly #columns: PackedRun[][] = [];

  add(runs: readonly Stretch[]): void {
    const take = this.column();
    for (const run of [...runs].sort((a, b) => a.from - b.from)) take(run);
  }

  /** The next column. @returns takes its runs in their order */
  column(): (run: Stretch) => void {
    const packed: PackedRun[] = [];
    this.#columns.push(packed);
    return (run) => {
      for (const one of packedRuns(run)) packed.unshift(one);
    };
  }

  /** The values of one row, by column; rows are asked for in their order, and let go. */
  row(row: number): unknown[] {
    return this.#columns.map((runs) => {
      let run = runs.at(-1);
      while (run && row - run.from >= run.length) {
        runs.pop();
        run = runs.at(-1);
      }
      return run && row >= run.from ? run.at(row - run.from) : undefined;
    });
  }
}
