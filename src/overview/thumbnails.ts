import type { Raster } from '../attribution/explanation.ts';

/** Every instance's whole map in small, padding included, each on its own scale. */
export interface Thumbnails {
  readonly rows: number;
  readonly columns: number;
  /** [N, rows, columns] strongest |map| of each block as a share of the instance's strongest, 0..255. */
  readonly values: Uint8Array;
  /** [N, columns] 1 where a block holds a real step. */
  readonly real: Uint8Array;
}

const MOST_ROWS = 8;
const MOST_COLUMNS = 32;
/** Bytes for all instances together. */
const BUDGET = 8e6;

/** Takes maps one by one. */
export class ThumbnailMaker {
  readonly #rows: number;
  readonly #columns: number;
  readonly #values: Uint8Array;
  readonly #real: Uint8Array;
  #count = 0;

  constructor(instances: number, map: { readonly rows: number; readonly columns: number }) {
    this.#columns = Math.min(MOST_COLUMNS, map.columns);
    const rows = Math.floor(BUDGET / instances / this.#columns);
    this.#rows = Math.max(1, Math.min(MOST_ROWS, map.rows, rows));
    this.#values = new Uint8Array(instances * this.#rows * this.#columns);
    this.#real = new Uint8Array(instances * this.#columns);
  }

  /** @param mask [columns] 1 on real steps */
  add({ values, rows, columns }: Raster, mask: Uint8Array): void {
    const [height, width] = [this.#rows, this.#columns];
    const most = new Float32Array(height * width);
    const real = this.#real.subarray(this.#count * width, (this.#count + 1) * width);
    const bin = Int32Array.from({ length: columns }, (_, column) => Math.floor((column * width) / columns));
    for (let row = 0, i = 0; row < rows; row++) {
      const band = Math.floor((row * height) / rows) * width;
      for (let column = 0; column < columns; column++, i++) {
        const at = band + bin[column]!;
        const size = Math.abs(values[i]!);
        if (size > most[at]!) most[at] = size;
      }
    }
    for (let column = 0; column < columns; column++) if (mask[column]) real[bin[column]!] = 1;
    const high = most.reduce((high, size) => Math.max(high, size), 0) || 1;
    const own = this.#values.subarray(this.#count * most.length);
    for (let at = 0; at < most.length; at++) own[at] = Math.round((255 * most[at]!) / high);
    this.#count++;
  }

  get made(): Thumbnails {
    return { rows: this.#rows, columns: this.#columns, values: this.#values, real: this.#real };
  }
}
