import type { Stretch } from './columnChunk.ts';

/** The columns of a group of rows, each in runs of any order. */
export class RowGroup {
  readonly #columns: Stretch[][] = [];
  readonly #current: Stretch[] = [];

  add(runs: readonly Stretch[]): void {
    this.#columns.push(runs.map(({ from, values }) => ({ from, values: compact(values) })));
  }

  /** The values of one row, by column; rows are asked for in their order. */
  row(row: number): unknown[] {
    return this.#columns.map((runs, column) => {
      let run = this.#current[column];
      if (!run || row - run.from >= run.values.length) {
        run = runs.find(({ from, values }) => row >= from && row - from < values.length);
        if (run) this.#current[column] = run;
      }
      return run?.values[row - run.from];
    });
  }
}

/** Numbers in 8 bytes each; whole ones of 64 bits as well, where they are the same numbers then. */
function compact(values: ArrayLike<unknown>): ArrayLike<unknown> {
  if (!Array.isArray(values) && !(values instanceof BigInt64Array)) return values;
  const numbers = new Float64Array(values.length);
  for (let at = 0; at < numbers.length; at++) {
    const value: unknown = values[at];
    const number = typeof value === 'bigint' ? Number(value) : value;
    if (typeof number !== 'number') return values;
    if (typeof value === 'bigint' && !Number.isSafeInteger(number)) return values;
    numbers[at] = number;
  }
  return numbers;
}
