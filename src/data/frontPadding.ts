import type { Finding } from '../finding.ts';

/** Series that begin in steps without a number: as they are read, how many there are and where the first stands. */
export class FrontPadding {
  #series = 0;
  #line = 0;

  /**
   * [L] 1 on real steps; undefined where the series begins with its first step.
   * @param from the first step that holds a number
   */
  mask(from: number, length: number, line: number): Uint8Array | undefined {
    if (from === 0) return undefined;
    if (this.#series++ === 0) this.#line = line;
    return new Uint8Array(length).fill(1, from);
  }

  /** Fit to be shown as what tells real from padded steps. */
  get origin(): string | undefined {
    return this.#series > 0 ? 'steps without a number at the front, in the file' : undefined;
  }

  findings(fileName: string): Finding[] {
    if (this.#series === 0) return [];
    const begin =
      this.#series === 1 ? 'one series begins' : `${this.#series.toLocaleString('en-US')} series begin`;
    const sentence = `${fileName}: ${begin} in steps without a number in any feature (first: line ${this.#line}); those steps are taken as padding at the front.`;
    return [{ code: 'nan-padding', severity: 'info', sentence }];
  }
}
