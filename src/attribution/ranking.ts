/** Tells a value's place among all values of a map by magnitude, 1 = strongest, equals share the better place. */
export class Ranking {
  readonly of: number;
  #strongest: readonly number[] | undefined;

  constructor(private readonly values: Float32Array) {
    this.of = values.length;
  }

  /** Counts the stronger ones: faster than sorting for one cell at a time. Null for not-a-number. */
  rank(value: number): number | null {
    if (Number.isNaN(value)) return null;
    const size = Math.abs(value);
    let stronger = 0;
    for (let i = 0; i < this.values.length; i++) if (Math.abs(this.values[i]!) > size) stronger++;
    return stronger + 1;
  }

  /** The ranks of several values, in one pass. */
  ranks(values: readonly number[]): (number | null)[] {
    const sizes = values.map(Math.abs);
    const least = Math.min(...sizes.filter((size) => !Number.isNaN(size)));
    const stronger = sizes.map(() => 0);
    for (let i = 0; i < this.values.length; i++) {
      const size = Math.abs(this.values[i]!);
      if (!(size > least)) continue;
      for (let k = 0; k < sizes.length; k++) if (size > sizes[k]!) stronger[k]!++;
    }
    return sizes.map((size, k) => (Number.isNaN(size) ? null : stronger[k]! + 1));
  }

  /** Indices of the `count` strongest values, strongest first, equals in order of place; zeros and NaN are left out. */
  strongest(count: number): readonly number[] {
    if (this.#strongest && this.#strongest.length >= count) return this.#strongest.slice(0, count);
    const sizes = this.values.map(Math.abs).filter((size) => size > 0);
    const least = sizes.sort()[Math.max(0, sizes.length - count)] ?? 0;
    const size = (i: number) => Math.abs(this.values[i]!);
    const found: number[] = [];
    for (let i = 0; i < this.values.length; i++) if (size(i) >= least && size(i) > 0) found.push(i);
    this.#strongest = found.sort((a, b) => size(b) - size(a) || a - b).slice(0, count);
    return this.#strongest;
  }
}
