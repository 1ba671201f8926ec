import type { Finding } from '../finding.ts';
import { listed } from '../format.ts';

/** Watches which features never change through a whole file. */
export class ConstantFeatures {
  readonly #first: Float64Array;
  readonly #varies: Uint8Array;

  constructor(features: number) {
    this.#first = new Float64Array(features).fill(Number.NaN);
    this.#varies = new Uint8Array(features);
  }

  see(feature: number, value: number): void {
    if (this.#varies[feature] === 1 || Number.isNaN(value)) {
      return;
    }
    const first = this.#first[feature]!;
    if (Number.isNaN(first)) {
      this.#first[feature] = value;
    } else if (first !== value) {
      this.#varies[feature] = 1;
    }
  }

  finding(fileName: string, names: readonly string[]): Finding[] {
    const constant = names.filter((_, feature) => this.#varies[feature] === 0);
    if (constant.length === 0) {
      return [];
    }
    const which = constant.length === 1 ? `feature ${constant[0]} is` : `features ${listed(constant)} are`;
    return [
      {
        code: 'constant-feature',
        severity: 'warning',
        sentence: `${fileName}: ${which} constant through the whole file.`,
      },
    ];
  }
}
