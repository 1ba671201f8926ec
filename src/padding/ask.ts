/**
 * Puts series to the model, in batches, in order.
 * @param inputs each [F, steps]
 * @param steps length of the time axis for this call
 * @throws Refusal when the model cannot take that many steps
 */
export type Ask = (inputs: Iterable<Float32Array>, steps: number) => Promise<Answers>;

/** What the model said to n series. */
export interface Answers {
  /** [n] */
  readonly predicted: Int32Array;
  /** [n, C] */
  readonly probabilities: Float32Array;
  readonly classes: number;
}

export function probability(answers: Answers, i: number, cls: number): number {
  return answers.probabilities[i * answers.classes + cls]!;
}
