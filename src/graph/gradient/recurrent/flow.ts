/** What comes back from one direction of a recurrent operator. */
export interface Flow {
  /** [T, N, I] */
  readonly input: string;
  /** [N, H] */
  readonly initial: string;
  /** [N, H], LSTM only. */
  readonly initialCell?: string;
}
