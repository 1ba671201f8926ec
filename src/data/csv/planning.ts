import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { CalendarPart } from './calendarTime.ts';
import type { Sample } from './sample.ts';

/** A column of numbers that counts rows, is a code of the label, or stays the same in each instance. */
export interface OddColumn {
  readonly column: number;
  readonly why: 'count' | 'code' | 'static';
}

/** What is decided on the way to a plan. */
export class Planning {
  readonly used = new Set<number>();
  readonly reasons = new Map<number, string>();
  readonly findings: Finding[] = [];
  /** Columns that the first rows show to be no signal, which later ones may contradict. */
  readonly odd: OddColumn[] = [];
  /** Columns left aside that are a date together. */
  readonly calendar: CalendarPart[] = [];

  constructor(
    readonly sample: Sample,
    readonly options: DataOptions,
  ) {}

  use(column: number | null | undefined, reason: string): void {
    if (column == null) return;
    this.used.add(column);
    this.reasons.set(column, reason);
  }

  /** Left aside, and said so. */
  leave(columns: readonly number[], why: string): void {
    this.#aside(columns, why, '; list it under "features" if it is one');
  }

  /** The same of columns beside steps, where "features" names none. */
  leaveBeside(columns: readonly number[], why: string): void {
    this.#aside(columns, why, '');
  }

  /** Left aside as no signal. */
  leaveOdd(columns: readonly number[], why: OddColumn['why'], reason: string): void {
    this.leave(columns, reason);
    this.odd.push(...columns.map((column) => ({ column, why })));
  }

  #aside(columns: readonly number[], why: string, remedy: string): void {
    if (columns.length === 0) return;
    for (const column of columns) this.use(column, why);
    const names = listed(columns.map((column) => this.sample.names[column]!));
    this.findings.push({
      code: 'columns-ignored',
      severity: 'info',
      sentence: `${this.sample.fileName}: ${columns.length === 1 ? 'column' : 'columns'} ${names} left aside (${why})${remedy}.`,
    });
  }

  /** Column that an option names; null: none; undefined: nothing said. */
  named(role: 'time' | 'label'): number | null | undefined {
    const name = this.options[role];
    return typeof name === 'string' ? this.sample.column(name, `"${role}"`) : name;
  }

  get free(): number[] {
    return this.sample.names
      .map((_, column) => column)
      .filter((column) => !this.used.has(column) && !this.listed(column));
  }

  /** Whether "features" names it. */
  listed(column: number): boolean {
    return this.options.features?.includes(this.sample.names[column]!) ?? false;
  }
}
