/** What comes back from one direction of a recurrent operator. */
export interface Flow {
  /** [T, N, I] */
  readonly input: string;
  /** [N, H] */
  readonly initial: string;
  /** [N, H], LSTM only. */
  readonly initialCell?: string;
  /** d logit / d what the gates add up to from the input, [T, N, G·H]. */
  readonly gates: string;
  /** The same from the state, per block of gates, with the [T, N, H] that the block's recurrent weights multiply. */
  readonly fromState: readonly { readonly gates: string; readonly reads: string }[];
}
