/** What a map that should add up to a difference of scores adds up to. */
export interface Completeness {
  readonly sum: number;
  /** Score of the instance − score of the baseline. */
  readonly difference: number;
}
