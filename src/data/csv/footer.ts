import { Refusal } from '../../refusal.ts';

/** Below so many rows. */
const FEWEST_ABOVE = 20;
const MOST_BEHIND = 2;

/** Counts what stands behind blank lines. */
export class Footer {
  #rows = 0;
  #gaps = 0;
  /** Rows before the last blank line, and the line behind it. */
  #before = 0;
  #line = 0;

  see(line: number, isBehindBlank: boolean): void {
    if (isBehindBlank && this.#rows > 0) {
      this.#gaps++;
      [this.#before, this.#line] = [this.#rows, line];
    }
    this.#rows++;
  }

  /**
   * One or two rows behind the only blank line of a recording without times: totals rather than steps.
   * @throws Refusal `stray-row`
   */
  refuse(fileName: string): void {
    if (this.#gaps !== 1 || this.#before < FEWEST_ABOVE || this.#rows - this.#before > MOST_BEHIND) return;
    throw new Refusal(
      'stray-row',
      `${fileName}, line ${this.#line}: what stands behind a blank line at the end of ${this.#before} rows may be totals, which are no steps; delete it, or the blank line where it goes on.`,
    );
  }
}
