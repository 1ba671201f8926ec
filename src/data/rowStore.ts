import { PackedColumn } from './packedColumn.ts';

/** Numbers a block holds: about 2 MB before they are packed. */
const BLOCK_CELLS = 1 << 18;
/** Fewer rows would cost more in their places than in their numbers, packed. */
const FEWEST_ROWS = 64;

/** Rows of numbers in blocks, so that growing never copies. A full block is packed, column by column, without loss. */
export class RowStore {
  readonly #width: number;
  readonly #rowsPerBlock: number;
  readonly #full: (readonly PackedColumn[])[] = [];
  /** [width, rows] */
  #open: Float64Array;
  #openRows = 0;
  #packedRows = 0;

  /** @param width numbers per row */
  constructor(width: number) {
    this.#width = width;
    this.#rowsPerBlock = Math.max(FEWEST_ROWS, Math.floor(BLOCK_CELLS / width));
    this.#open = new Float64Array(0);
  }

  get rows(): number {
    return this.#packedRows + this.#openRows;
  }

  get cells(): number {
    return this.rows * this.#width;
  }

  push(row: ArrayLike<number>): void {
    const width = this.#width;
    if (this.#openRows * width === this.#open.length) this.#grow();
    const rows = this.#open.length / width;
    const open = this.#open;
    let at = this.#openRows;
    for (let column = 0; column < width; column++, at += rows) open[at] = row[column]!;
    if (++this.#openRows === this.#rowsPerBlock) this.#pack();
  }

  /** No more rows come: a folder may hold thousands of small files, none of which is to keep room to grow. */
  close(): void {
    if (this.#openRows >= FEWEST_ROWS) {
      this.#pack();
      this.#open = new Float64Array(0);
    } else this.#resize(this.#openRows);
  }

  #pack(): void {
    this.#full.push(this.#columns().map(PackedColumn.of));
    this.#packedRows += this.#openRows;
    this.#openRows = 0;
  }

  /**
   * Some rows, turned feature-major: [width, count].
   * @param rowAt row behind each of the `count` steps
   */
  gather(count: number, rowAt: (step: number) => number): Float64Array {
    const result = new Float64Array(this.#width * count);
    const perBlock = this.#rowsPerBlock;
    for (let step = 0; step < count; step++) {
      const row = rowAt(step);
      const block = this.#full[Math.floor(row / perBlock)];
      const within = row % perBlock;
      if (block) {
        for (let column = 0, to = step; column < this.#width; column++, to += count)
          result[to] = block[column]!.at(within);
      } else {
        const rows = this.#open.length / this.#width;
        for (let column = 0, to = step; column < this.#width; column++, to += count)
          result[to] = this.#open[column * rows + within]!;
      }
    }
    return result;
  }

  #columns(): Float64Array[] {
    const rows = this.#open.length / this.#width;
    return Array.from({ length: this.#width }, (_, column) =>
      this.#open.subarray(column * rows, column * rows + this.#openRows),
    );
  }

  /** Small files do not pay for a whole block. */
  #grow(): void {
    this.#resize(Math.min(this.#rowsPerBlock, Math.max(FEWEST_ROWS, this.#openRows * 2)));
  }

  #resize(rows: number): void {
    const larger = new Float64Array(rows * this.#width);
    for (const [column, values] of this.#columns().entries()) larger.set(values, column * rows);
    this.#open = larger;
  }
}
