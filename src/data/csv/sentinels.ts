import type { Finding } from '../../finding.ts';
import { isFar, isSentinel, sentinelFinding } from '../sentinels.ts';

/** Watches every row for numbers that devices write for a missing value, far from everything else in their column. */
export class SentinelColumns {
  /** Of all other numbers. */
  readonly #least: Float64Array;
  readonly #largest: Float64Array;
  readonly #found: (number | undefined)[];
  readonly #times: Int32Array;

  constructor(features: number) {
    this.#least = new Float64Array(features).fill(Number.POSITIVE_INFINITY);
    this.#largest = new Float64Array(features).fill(Number.NEGATIVE_INFINITY);
    this.#found = Array(features).fill(undefined);
    this.#times = new Int32Array(features);
  }

  see(feature: number, value: number): void {
    if (value < this.#least[feature]! || value > this.#largest[feature]!) this.#seeNew(feature, value);
  }

  #seeNew(feature: number, value: number): void {
    if (isSentinel(value)) {
      this.#found[feature] ??= value;
      this.#times[feature]!++;
    } else {
      this.#least[feature] = Math.min(this.#least[feature]!, value);
      this.#largest[feature] = Math.max(this.#largest[feature]!, value);
    }
  }

  /** A warning where there are some; a column that holds hardly anything else is left alone. */
  findings(fileName: string, names: readonly string[], rows: number): Finding[] {
    const odd = names.filter((_, feature) => this.#isOdd(feature, rows));
    const first = this.#found[names.indexOf(odd[0] ?? '')];
    return first === undefined ? [] : [sentinelFinding(fileName, first, odd)];
  }

  #isOdd(feature: number, rows: number): boolean {
    const value = this.#found[feature];
    const largest = Math.max(Math.abs(this.#least[feature]!), Math.abs(this.#largest[feature]!));
    return value !== undefined && this.#times[feature]! * 2 <= rows && isFar(value, largest);
  }
}
