import { GrowableInt32 } from './growable.ts';

/** Line of every row, kept as the places where the distance between the two changes: mostly one entry for a whole file. */
export class LineMap {
  readonly #fromRow = new GrowableInt32();
  readonly #distance = new GrowableInt32();
  #rows = 0;
  #last = Number.NaN;

  /** @param line 1-based line of the next row */
  push(line: number): void {
    const distance = line - this.#rows;
    if (distance !== this.#last) {
      this.#fromRow.push(this.#rows);
      this.#distance.push(distance);
      this.#last = distance;
    }
    this.#rows++;
  }

  /** 1-based line of a 0-based row. */
  line(row: number): number {
    const starts = this.#fromRow.values;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= row) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return row + this.#distance.values[low]!;
  }
}
