import type { Raster } from '../attribution/explanation.ts';
import { align } from './align.ts';

const BINS = 16;
const MOST_CELLS = 2048;
/** Numbers held for all instances together. */
const BUDGET = 16e6;

/** Every instance's map, pooled: a few bins of relative time, neighbouring features together where there are many. */
export class SmallMaps {
  readonly cells: number;
  readonly #bins: number;
  /** Features that go into one row. */
  readonly #together: number;
  readonly #values: Float32Array;

  constructor(
    instances: number,
    private readonly rows: number,
  ) {
    const cells = Math.max(4, Math.min(MOST_CELLS, Math.floor(BUDGET / instances)));
    this.#bins = Math.min(BINS, cells);
    this.#together = Math.ceil(rows / Math.max(1, Math.floor(cells / this.#bins)));
    this.cells = this.#bins * Math.ceil(rows / this.#together);
    this.#values = new Float32Array(instances * this.cells).fill(Number.NaN);
  }

  /** @param factor makes instances comparable */
  set(instance: number, map: Raster, mask: Uint8Array, factor: number): void {
    const { rows } = this;
    const { columns, values, covered } = align(map, mask, 'relative', {
      stepsPerColumn: 1,
      bins: this.#bins,
    });
    const pooled = this.of(instance);
    for (let column = 0; column < columns; column++) {
      if (covered[column] === 0) continue;
      for (let from = 0, block = 0; from < rows; from += this.#together, block++) {
        const to = Math.min(rows, from + this.#together);
        let sum = 0;
        for (let row = from; row < to; row++) sum += values[column * rows + row]!;
        pooled[block * this.#bins + column] = (factor * sum) / (to - from);
      }
    }
  }

  /** [cells] NaN where the instance has no real step. */
  of(instance: number): Float32Array {
    return this.#values.subarray(instance * this.cells, (instance + 1) * this.cells);
  }
}
