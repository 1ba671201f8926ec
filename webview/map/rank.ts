/** Tells a value's place among all values of a map by magnitude, 1 = strongest, equals share the better place. */
export class Ranking {
  readonly of: number;
  #ascending: Float32Array | undefined;

  constructor(private readonly values: Float32Array) {
    this.of = values.length;
  }

  /** Sorts on first use: nobody waits for it before the picture stands. Null for not-a-number. */
  rank(value: number): number | null {
    if (Number.isNaN(value)) return null;
    const sorted = this.#sorted();
    const size = Math.abs(value);
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      // NaN sorts last and counts as smaller than nothing, hence the negated comparison.
      if (sorted[middle]! <= size) low = middle + 1;
      else high = middle;
    }
    return this.#finite() - low + 1;
  }

  /** Indices of the `count` strongest finite values, strongest first, equals in order of place; zeros are left out. */
  strongest(count: number): number[] {
    const sorted = this.#sorted();
    const least = sorted[Math.max(0, this.#finite() - count)] ?? 0;
    const found: number[] = [];
    for (let i = 0; i < this.values.length; i++) {
      const size = Math.abs(this.values[i]!);
      if (size >= least && size > 0) found.push(i);
    }
    const size = (i: number) => Math.abs(this.values[i]!);
    return found.sort((a, b) => size(b) - size(a) || a - b).slice(0, count);
  }

  #sorted(): Float32Array {
    this.#ascending ??= this.values.map(Math.abs).sort();
    return this.#ascending;
  }

  #finite(): number {
    const sorted = this.#sorted();
    let end = sorted.length;
    while (end > 0 && Number.isNaN(sorted[end - 1]!)) end--;
    return end;
  }
}
