import type { Stretch } from './columnChunk.ts';
import { type PackedRun, packedRuns } from './packedRun.ts';

/** The columns of a group of rows, each in runs of any order. */
export class RowGroup {
  /** Those still to be read, the first last. */
  readonly #columns: PackedRun[][] = [];

  add(runs: readonly Stretch[]): void {
    const packed = runs.flatMap((run) => [...packedRuns(run)]);
    this.#columns.push(packed.sort((a, b) => b.from - a.from));
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
