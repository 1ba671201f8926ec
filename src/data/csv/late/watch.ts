/** A row as a watch looks at it: texts of any column of a row that is text, of its own columns of one read from bytes. */
export interface WatchedRow {
  readonly line: number;
  text(column: number): string;
  /** Every cell; absent where the row was read from bytes. */
  readonly cells?: readonly string[];
}

/** Looks through the whole file at something that was decided by its first rows. */
export interface LateWatch {
  /** Columns whose text it needs of every row. */
  readonly columns: readonly number[];
  /** A number with a point is to come as text. */
  readonly wantsPoints: boolean;
  /** @throws ReadingQuestion naming the cell that contradicts */
  see(row: WatchedRow): void;
  /** All rows have come. @throws ReadingQuestion */
  end(): void;
}
