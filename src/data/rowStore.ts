/** Rows a block holds: about half a megabyte. */
const blockCells = 1 << 16;

/**
 * Rows of numbers in blocks, so that growing never copies. A full block whose numbers are all exact in float32
 * (whole numbers, short decimals such as 0.5) is kept in half the memory.
 */
export class RowStore {
  readonly #width: number;
  readonly #rowsPerBlock: number;
  readonly #full: (Float32Array | Float64Array)[] = [];
  #open: Float64Array;
  #openRows = 0;

  /** @param width numbers per row */
  constructor(width: number) {
    this.#width = width;
    this.#rowsPerBlock = Math.max(1, Math.floor(blockCells / width));
    this.#open = new Float64Array(this.#rowsPerBlock * width);
  }

  get rows(): number {
    return this.#full.length * this.#rowsPerBlock + this.#openRows;
  }

  get cells(): number {
    return this.rows * this.#width;
  }

  push(row: ArrayLike<number>): void {
    this.#open.set(row, this.#openRows * this.#width);
    if (++this.#openRows === this.#rowsPerBlock) {
      this.#full.push(packed(this.#open));
      this.#open = new Float64Array(this.#open.length);
      this.#openRows = 0;
    }
  }

  /**
   * Some rows, turned feature-major: [width, count].
   * @param rowAt row behind each of the `count` steps
   */
  gather(count: number, rowAt: (step: number) => number): Float64Array {
    const result = new Float64Array(this.#width * count);
    for (let step = 0; step < count; step++) {
      const row = rowAt(step);
      const block = this.#full[Math.floor(row / this.#rowsPerBlock)] ?? this.#open;
      const start = (row % this.#rowsPerBlock) * this.#width;
      for (let column = 0; column < this.#width; column++) {
        result[column * count + step] = block[start + column]!;
      }
    }
    return result;
  }
}

function packed(block: Float64Array): Float32Array | Float64Array {
  for (const value of block) {
    if (Math.fround(value) !== value && !Number.isNaN(value)) {
      return block;
    }
  }
  return Float32Array.from(block);
}
