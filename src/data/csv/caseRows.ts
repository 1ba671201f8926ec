import { GrowableInt32 } from '../growable.ts';
import type { TimeSeen } from './timeOrder.ts';
import type { CsvRow } from './tokenizer.ts';

/** What is known of one instance while its rows come in. */
export interface CaseSeen extends TimeSeen {
  readonly id: string;
  readonly firstLine: number;
  rows: number;
  label?: string;
  /** Real steps by the length column. */
  realSteps?: number;
  missing: number;
  /** Rows at the end so far that are blank in every feature. */
  blank: number;
  /** The first of them. */
  firstBlank?: CsvRow;
}

/** The rows of one case, in file order. */
export interface RowSet {
  readonly length: number;
  row(step: number): number;
}

/** Which case each row belongs to; the rows of a case need not stand together. */
export class CaseRows {
  readonly cases: CaseSeen[] = [];
  /** Where a case first goes on after rows of another. */
  scattered: { readonly id: string; readonly line: number } | undefined;
  readonly #byId = new Map<string, number>();
  /** Case of every row; kept only once rows are scattered. */
  #caseOfRow: GrowableInt32 | undefined;
  #current = -1;

  /** @param detach makes the copy of the id that is kept */
  enter(id: string, line: number, detach: (id: string) => string): CaseSeen {
    let index = this.cases[this.#current]?.id === id ? this.#current : this.#byId.get(id);
    if (index === undefined) {
      const kept = detach(id);
      index = this.cases.push({ id: kept, firstLine: line, rows: 0, missing: 0, blank: 0 }) - 1;
      this.#byId.set(kept, index);
    } else if (index !== this.#current && !this.scattered) {
      this.scattered = { id: this.cases[index]!.id, line };
      this.#caseOfRow = this.#rowsSoFar();
    }
    this.#current = index;
    this.#caseOfRow?.push(index);
    const seen = this.cases[index]!;
    seen.rows++;
    return seen;
  }

  /** The rows of each case, in the order of `cases`. */
  rowSets(): RowSet[] {
    const starts = new Int32Array(this.cases.length + 1);
    for (const [index, { rows }] of this.cases.entries()) {
      starts[index + 1] = starts[index]! + rows;
    }
    const order = this.#caseOfRow && grouped(this.#caseOfRow.values, starts);
    return this.cases.map(({ rows }, index) => {
      const start = starts[index]!;
      return { length: rows, row: order ? (step) => order[start + step]! : (step) => start + step };
    });
  }

  /** Until now every case stood together. */
  #rowsSoFar(): GrowableInt32 {
    const caseOfRow = new GrowableInt32();
    for (const [index, { rows }] of this.cases.entries()) {
      for (let row = 0; row < rows; row++) {
        caseOfRow.push(index);
      }
    }
    return caseOfRow;
  }
}

/** Rows sorted by case, file order within each. */
function grouped(caseOfRow: Int32Array, starts: Int32Array): Int32Array {
  const order = new Int32Array(caseOfRow.length);
  const next = starts.slice();
  caseOfRow.forEach((index, row) => {
    order[next[index]!++] = row;
  });
  return order;
}
