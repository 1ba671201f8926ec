/**
 * Bad input, said in one clear sentence: what is wrong, where, and what to do. The only error whose message
 * is shown to people as it is; anything else is a defect of ours and goes to the log with its stack.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  /**
   * @param code stable word for tests and callers, e.g. `unsupported-operator`, `ragged-row`.
   * @param place the line of source code or data that is at fault, where it is one
   */
  constructor(
    readonly code: string,
    sentence: string,
    readonly place?: SourcePlace,
  ) {
    super(sentence);
  }
}

/** A line of somebody's source code or data, and what is wrong there. */
export interface SourcePlace {
  /** Absolute path. */
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  readonly message: string;
  /** Of a table cut at `delimiter`: the 0-based column. */
  readonly cell?: { readonly column: number; readonly delimiter: string };
  /** Of a table whose columns are understood: what each was taken for, so that it can be changed. */
  readonly columns?: readonly { readonly name: string; readonly role: string }[];
}
