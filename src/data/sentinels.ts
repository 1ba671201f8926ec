import type { Finding } from '../finding.ts';
import { listed } from '../format.ts';

/** Numbers that devices and archives write where there is no value. */
const USUAL = new Set([
  -99, -999, -9999, -99999, -999.9, -999.99, 999, 9999, 99999, -32768, 32767, 1e20, -1e30,
]);
const LEAST = 99;
/** The other values must lie well below. */
const APART = 4;

/** Whether a number is one of those. */
export function isSentinel(value: number): boolean {
  return (value >= LEAST || value <= -LEAST) && USUAL.has(value);
}

/** Whether such a number stands far from the largest of the others. */
export function isFar(sentinel: number, largest: number): boolean {
  return largest * APART <= Math.abs(sentinel);
}

/** What is said of features in which such a number stands. */
export function sentinelFinding(fileName: string, value: number, names: readonly string[]): Finding {
  const sentence = `${fileName}: ${value} stands in ${listed(names)} far from all other values; if it means that a value is missing, leave the cell blank (NaN in an array) and say what becomes of it ("missing" under "data" in attribution.json).`;
  return { code: 'sentinel-values', severity: 'warning', sentence };
}

/**
 * Watches the series of a file for such numbers. Steps in which every feature is one, up to an end of the series, are
 * padding rather than missing values.
 */
export class SentinelWatch {
  readonly #largest: Float64Array;
  readonly #found: (number | undefined)[];

  constructor(private readonly features: number) {
    this.#largest = new Float64Array(features);
    this.#found = Array(features).fill(undefined);
  }

  /** @param values [F, L] */
  see(values: Float64Array, length: number): void {
    let some = false;
    for (let feature = 0; feature < this.features; feature++) {
      let largest = this.#largest[feature]!;
      for (let at = feature * length; at < (feature + 1) * length; at++) {
        const value = values[at]!;
        if (isSentinel(value)) some = true;
        else if (value > largest) largest = value;
        else if (-value > largest) largest = -value;
      }
      this.#largest[feature] = largest;
    }
    if (some) this.#look(values, length);
  }

  #look(values: Float64Array, length: number): void {
    const isPadding = (step: number): boolean => {
      for (let feature = 0; feature < this.features; feature++) {
        if (!isSentinel(values[feature * length + step]!)) return false;
      }
      return true;
    };
    let [from, to] = [0, length];
    while (from < to && isPadding(from)) from++;
    while (to > from && isPadding(to - 1)) to--;
    for (let feature = 0; feature < this.features; feature++) {
      const inner = values.subarray(feature * length + from, feature * length + to);
      this.#found[feature] ??= inner.find(isSentinel);
    }
  }

  findings(fileName: string, names: readonly string[]): Finding[] {
    const far = this.#found.flatMap((value, feature) =>
      value !== undefined && isFar(value, this.#largest[feature]!) ? [{ value, name: names[feature]! }] : [],
    );
    const [first] = far;
    return first
      ? [
          sentinelFinding(
            fileName,
            first.value,
            far.map(({ name }) => name),
          ),
        ]
      : [];
  }
}
