import type { Aligned } from './align.ts';

/**
 * Count, mean and squared deviations per cell, instance by instance (Welford 1962) and merged (Chan 1979): nothing of
 * the single instances is kept. [columns, rows], as long as the longest instance so far.
 */
export class Moments {
  columns = 0;
  #n = new Int32Array(0);
  #mean = new Float64Array(0);
  #squares = new Float64Array(0);

  constructor(readonly rows: number) {}

  /** @param factor the values are multiplied by it */
  add({ columns, values, covered }: Aligned, factor: number): void {
    this.#reach(columns);
    const { rows } = this;
    const [mean, squares] = [this.#mean, this.#squares];
    for (let column = 0; column < columns; column++) {
      if (covered[column] === 0) continue;
      const n = ++this.#n[column]!;
      for (let i = column * rows; i < (column + 1) * rows; i++) {
        const value = values[i]! * factor;
        const before = mean[i]!;
        const delta = value - before;
        const after = before + delta / n;
        mean[i] = after;
        squares[i]! += delta * (value - after);
      }
    }
  }

  merge(other: Moments): void {
    this.#reach(other.columns);
    const { rows } = this;
    for (let column = 0; column < other.columns; column++) {
      const [a, b] = [this.#n[column]!, other.#n[column]!];
      if (b === 0) continue;
      this.#n[column] = a + b;
      for (let i = column * rows; i < (column + 1) * rows; i++) {
        const delta = other.#mean[i]! - this.#mean[i]!;
        this.#mean[i]! += (delta * b) / (a + b);
        this.#squares[i]! += other.#squares[i]! + (delta * delta * a * b) / (a + b);
      }
    }
  }

  /** [columns], [rows, columns] and [rows, columns]; backwards where column 0 is the last. */
  read(backwards: boolean): { n: Int32Array; mean: Float32Array; error: Float32Array } {
    const { rows, columns } = this;
    const n = new Int32Array(columns);
    const mean = new Float32Array(rows * columns).fill(Number.NaN);
    const error = new Float32Array(rows * columns).fill(Number.NaN);
    for (let column = 0; column < columns; column++) {
      const from = backwards ? columns - 1 - column : column;
      const count = this.#n[from]!;
      n[column] = count;
      for (let row = 0; row < rows; row++) {
        const [i, o] = [from * rows + row, row * columns + column];
        if (count > 0) mean[o] = this.#mean[i]!;
        if (count > 1) error[o] = Math.sqrt(this.#squares[i]! / (count - 1) / count);
      }
    }
    return { n, mean, error };
  }

  #reach(columns: number): void {
    if (columns <= this.columns) return;
    if (columns > this.#n.length) {
      const room = Math.max(columns, Math.ceil(1.25 * this.#n.length));
      this.#n = grown(this.#n, new Int32Array(room));
      this.#mean = grown(this.#mean, new Float64Array(room * this.rows));
      this.#squares = grown(this.#squares, new Float64Array(room * this.rows));
    }
    this.columns = columns;
  }
}

function grown<A extends Int32Array | Float64Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
