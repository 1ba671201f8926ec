import { GrowableInt32 } from '../growable.ts';
import type { TimeSeen } from './timeOrder.ts';
import type { CsvRow } from './tokenizer.ts';

/** What is known of one instance while its rows come in. */
export interface CaseSeen extends TimeSeen {
  readonly id: string;
  readonly firstLine: number;
  rows: number;
  label?: string;
  /** The label stands in the first row alone. */
  headed?: boolean;
  /** Real steps by the length column. */
  realSteps?: number;
  missing: number;
  /** Rows at the end so far that are blank in every feature, and those before the first that is not. */
  blank: number;
  front: number;
  /** The first of them. */
  firstBlank?: CsvRow | undefined;
}

/** The rows of each case, in file order; cases by their place in `cases`. */
export class RowSets {
  /** @param starts [cases + 1] @param order the row behind each place; absent where cases stand one after the other */
  constructor(
    private readonly starts: Int32Array,
    private readonly order: Int32Array | undefined,
  ) {}

  length(index: number): number {
    return this.starts[index + 1]! - this.starts[index]!;
  }

  row(index: number, step: number): number {
    const place = this.starts[index]! + step;
    return this.order ? this.order[place]! : place;
  }
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
      index = this.cases.push({ id: kept, firstLine: line, rows: 0, missing: 0, blank: 0, front: 0 }) - 1;
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

  /** Once all rows have entered. */
  rowSets(): RowSets {
    const starts = new Int32Array(this.cases.length + 1);
    for (const [index, { rows }] of this.cases.entries()) {
      starts[index + 1] = starts[index]! + rows;
    }
    this.#byId.clear();
    return new RowSets(starts, this.#caseOfRow && grouped(this.#caseOfRow.values, starts));
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
