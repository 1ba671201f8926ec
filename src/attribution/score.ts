import { argmax } from './probabilities.ts';

/** Instead of a class index: the class the instance is predicted as. */
export const PREDICTED = -1;
/** Instead of a class index to set another against: the most probable of the others. */
export const RUNNER_UP = -1;

/** What is asked to be explained, before the answer is known. */
export interface Target {
  /** Class index, or PREDICTED. */
  readonly target: number;
  /** Class index to set it against, or RUNNER_UP; absent: nothing. */
  readonly against?: number;
  /** What speaks against it: the score is turned round. */
  readonly negative?: boolean;
}

/** The number that is explained: sign · (logit of the class − logit of the other one). */
export interface Score {
  readonly target: number;
  readonly against?: number;
  readonly sign: 1 | -1;
}

/** @param logits [C] */
export function scoreOf({ target, against, negative }: Target, logits: Float32Array): Score {
  const chosen = target === PREDICTED ? argmax(logits) : target;
  const sign = negative ? -1 : 1;
  if (against === undefined) return { target: chosen, sign };
  const other =
    against === RUNNER_UP ? argmax(logits.map((y, i) => (i === chosen ? -Infinity : y))) : against;
  return { target: chosen, against: other, sign };
}

/** Its value for logits [C]. */
export function scoreValue({ target, against, sign }: Score, logits: Float32Array): number {
  return sign * (logits[target]! - (against === undefined ? 0 : logits[against]!));
}

/** A difference of two classes, or a class turned round: more than the plain logit of one class. */
export function isContrast({ against, negative }: Pick<Target, 'against' | 'negative'>): boolean {
  return against !== undefined || negative === true;
}
