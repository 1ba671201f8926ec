/** One series put to the model. */
export interface Asked {
  /** [F, steps] */
  readonly x: Float32Array;
  /** [steps] 1 on real steps: what a model that takes its padding mask is told. */
  readonly mask: Uint8Array;
  /** Position of the case whose content it is, for a model that must not judge what it has learnt from. */
  readonly content: number;
}

/**
 * Puts series to the model, in batches, in order.
 * @param steps length of the time axis for this call
 * @throws Refusal when the model cannot take that many steps
 */
export type Ask = (inputs: Iterable<Asked>, steps: number) => Promise<Answers>;

/** Cases as they are. */
export function untouched(cases: readonly Omit<Asked, 'content'>[]): Asked[] {
  return cases.map(({ x, mask }, content) => ({ x, mask, content }));
}

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
