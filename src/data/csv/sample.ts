import { listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import { type ColumnProfile, profileColumn } from './columnProfile.ts';
import { type Dates, datesOf } from './dateForm.ts';

/** Rows of a case, on average, that show that numbers rise. */
const FEWEST_RISING = 8;

/** The first rows of a CSV file, from which its columns are understood. */
export class Sample {
  readonly profiles: readonly ColumnProfile[];
  /** The number in a cell, NaN for whatever is none. */
  readonly number: (row: number, column: number) => number;
  readonly #dates = new Map<number, Dates | null>();

  /** @param named whether `names` come from the file */
  constructor(
    readonly fileName: string,
    readonly names: readonly string[],
    readonly named: boolean,
    readonly rows: readonly (readonly string[])[],
    readonly decimalComma: boolean,
    /** Rows behind a blank line. */
    readonly gaps: readonly number[] = [],
    /** Of its rows, for what is said of a cell. */
    readonly places?: { readonly lines: readonly number[]; readonly delimiter: string },
  ) {
    const numbers = names.map(() => new Float64Array(rows.length));
    this.number = (row, column) => numbers[column]?.[row] ?? Number.NaN;
    this.profiles = names.map((_, column) =>
      profileColumn(
        rows.map((row) => row[column] ?? ''),
        decimalComma,
        numbers[column],
      ),
    );
  }

  /** A column that is at fault: the editor marks its cell in that row. */
  refusal(code: string, sentence: string, column: number, row = 0): Refusal {
    const { fileName: file, places } = this;
    const line = places?.lines[row];
    const place = places &&
      line !== undefined && {
        ...{ file, line, message: sentence },
        cell: { column, delimiter: places.delimiter },
      };
    return new Refusal(code, sentence, place || undefined);
  }

  /** Whether a list of features says which columns they are; in a file without names it may name them anew. */
  picks(features: readonly string[]): boolean {
    return this.named || features.every((name) => this.names.includes(name));
  }

  /**
   * Position of a column that attribution.json or a mask choice names.
   * @param role what it is wanted for, e.g. `case`
   * @throws Refusal `unknown-column`
   */
  column(name: string, role: string): number {
    const column = this.names.indexOf(name);
    if (column < 0) {
      throw new Refusal(
        'unknown-column',
        `${this.fileName} has no column "${name}" (wanted for ${role}); its columns are ${listed(this.names, 40)}.`,
      );
    }
    return column;
  }

  /** How a column of words writes dates, other than ISO 8601 does; undefined where they are none. */
  dates(column: number): Dates | undefined {
    const known = this.#dates.get(column);
    if (known !== undefined) return known ?? undefined;
    const isText = this.profiles[column]?.kind === 'text';
    const found = isText ? datesOf(this.rows.map((row) => (row[column] ?? '').trim())) : undefined;
    this.#dates.set(column, found ?? null);
    return found;
  }

  /** Whether a column never changes within a case (none: within the file). */
  constantWithin(cases: readonly number[], column: number): boolean {
    const values = new Map<string, string>();
    return this.rows.every((row) => {
      const key = keyIn(row, cases);
      const value = row[column] ?? '';
      const known = values.get(key);
      values.set(key, value);
      return known === undefined || known === value;
    });
  }

  /** Whether a column has a value in the first row of each case alone. */
  headsEach(cases: readonly number[], column: number): boolean {
    const seen = new Set<string>();
    return this.rows.every((row) => {
      const key = keyIn(row, cases);
      const isFirst = !seen.has(key);
      seen.add(key);
      return isFirst === ((row[column] ?? '').trim() !== '');
    });
  }

  /** Whether a column of numbers goes up by one from row to row within each case. */
  countsWithin(cases: readonly number[], column: number): boolean {
    const before = new Map<string, number>();
    return this.rows.every((row) => {
      const key = keyIn(row, cases);
      const value = Number(row[column]);
      const known = before.get(key);
      before.set(key, value);
      return known === undefined ? Number.isInteger(value) : value === known + 1;
    });
  }

  /** Whether a column of numbers never goes back within a case, and most cases have rows to show it. */
  forwardWithin(cases: readonly number[], column: number): boolean {
    return this.#casesWhere(cases, column, (value, before) => value >= before) * 2 <= this.rows.length;
  }

  /** Whether a column of numbers is larger from row to row within every case, of which most have rows to show it. */
  risesWithin(cases: readonly number[], column: number): boolean {
    const rising = this.#casesWhere(cases, column, (value, before) => value > before);
    return rising * FEWEST_RISING <= this.rows.length;
  }

  /** How many cases there are, where this holds for each of their numbers and the one before it; else without end. */
  #casesWhere(
    cases: readonly number[],
    column: number,
    holds: (value: number, before: number) => boolean,
  ): number {
    const before = new Map<string, number>();
    const all = this.rows.every((row, at) => {
      const key = keyIn(row, cases);
      const known = before.get(key);
      const value = this.number(at, column);
      before.set(key, value);
      return known === undefined || holds(value, known);
    });
    return all ? before.size : Number.POSITIVE_INFINITY;
  }

  /** The numeric columns outside `used`. */
  numeric(used: ReadonlySet<number>): number[] {
    return this.profiles.flatMap(({ kind }, column) =>
      kind === 'numeric' && !used.has(column) ? [column] : [],
    );
  }
}

function keyIn(row: readonly string[], cases: readonly number[]): string {
  return cases.length === 1
    ? (row[cases[0]!] ?? '').trim()
    : JSON.stringify(cases.map((column) => row[column]?.trim()));
}
