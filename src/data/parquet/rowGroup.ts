import type { ColumnData } from 'hyparquet';

/** A run of values of one column; `from` is the row of the first. */
interface Stretch {
  readonly from: number;
  readonly values: ArrayLike<unknown>;
}

/** The columns of a group of rows, which come in runs of any order. */
export class RowGroup {
  readonly #runs: Stretch[][];
  readonly #current: Stretch[] = [];

  constructor(private readonly names: readonly string[]) {
    this.#runs = names.map(() => []);
  }

  add({
    columnName,
    columnData,
    rowStart,
  }: Pick<ColumnData, 'columnName' | 'columnData' | 'rowStart'>): void {
    const runs = this.#runs[this.names.indexOf(columnName)];
    runs?.push({ from: rowStart, values: compact(columnData) });
  }

  /** The values of one row, by column; rows are asked for in their order. */
  row(row: number): unknown[] {
    return this.#runs.map((runs, column) => {
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
