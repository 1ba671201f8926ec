import { Refusal } from '../../refusal.ts';
import { listed } from '../count.ts';
import { type ColumnProfile, profileColumn } from './columnProfile.ts';

/** The first rows of a CSV file, from which its columns are understood. */
export class Sample {
  readonly profiles: readonly ColumnProfile[];

  /** @param named whether `names` come from the file */
  constructor(
    readonly fileName: string,
    readonly names: readonly string[],
    readonly named: boolean,
    readonly rows: readonly (readonly string[])[],
    decimalComma: boolean,
  ) {
    this.profiles = names.map((_, column) =>
      profileColumn(
        rows.map((row) => row[column] ?? ''),
        decimalComma,
      ),
    );
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

  /** Whether a column never changes within a case (null: within the file). */
  constantWithin(caseColumn: number | null, column: number): boolean {
    const values = new Map<string, string>();
    return this.rows.every((row) => {
      const key = caseColumn === null ? '' : (row[caseColumn] ?? '');
      const value = row[column] ?? '';
      const known = values.get(key);
      values.set(key, value);
      return known === undefined || known === value;
    });
  }

  /** Whether a column of numbers goes up by one from row to row within each case. */
  countsWithin(caseColumn: number | null, column: number): boolean {
    const before = new Map<string, number>();
    return this.rows.every((row) => {
      const key = caseColumn === null ? '' : (row[caseColumn] ?? '');
      const value = Number(row[column]);
      const known = before.get(key);
      before.set(key, value);
      return known === undefined ? Number.isInteger(value) : value === known + 1;
    });
  }

  /** The numeric columns outside `used`. */
  numeric(used: ReadonlySet<number>): number[] {
    return this.profiles.flatMap(({ kind }, column) =>
      kind === 'numeric' && !used.has(column) ? [column] : [],
    );
  }
}
