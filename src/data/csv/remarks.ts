import type { Finding } from '../../finding.ts';
import { agree, count } from '../../format.ts';
import type { CsvRow } from './tokenizer.ts';

const SIGN = /^\s*(#|%|\/\/)/;

/** Lines with a comment sign below the first rows, which tools write between or behind the data; each is left out and counted. */
export class Remarks {
  /** Cells of the row before. */
  #width = 0;
  #count = 0;
  #first = 0;
  #last = 0;

  /** Whether a row is a remark: it begins with the sign, and has not as many cells as the row before, or goes on. */
  take({ cells, line }: CsvRow): boolean {
    const isOther = cells.length !== this.#width || (this.#count > 0 && line === this.#last + 1);
    const isRemark = this.#width > 0 && isOther && SIGN.test(cells[0]!);
    if (!isRemark) {
      // What stands above the data may be comments, too; they are looked at by their form.
      if (this.#width > 0 || !SIGN.test(cells[0]!)) this.#width = cells.length;
      return false;
    }
    if (this.#count++ === 0) this.#first = line;
    this.#last = line;
    return true;
  }

  findings(fileName: string): Finding[] {
    if (this.#count === 0) return [];
    const sentence = `${fileName}: ${count(this.#count, 'line')} with a comment sign among the rows ${agree(this.#count, 'is', 'are')} left out (first: line ${this.#first}).`;
    return [{ code: 'remarks-left-out', severity: 'info', sentence }];
  }
}
