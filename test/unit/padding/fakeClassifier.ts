import type { Answers } from '../../../src/attribution/asker.ts';
import type { Ask } from '../../../src/padding/ask.ts';
import type { Case } from '../../../src/preprocess/case.ts';

/** Asks a rule written by hand instead of a model: class of one series [F, steps], F = 1. */
export function askRule(rule: (x: Float32Array) => number, classes = 2): Ask {
  return async (inputs) => {
    const predicted = Int32Array.from([...inputs], ({ x }) => rule(x));
    return answersOf(predicted, classes);
  };
}

/** Answers given with certainty. */
export function answersOf(predicted: Int32Array, classes = 2): Answers {
  const probabilities = new Float32Array(predicted.length * classes);
  predicted.forEach((cls, i) => {
    probabilities[i * classes + cls] = 1;
  });
  return { classes, logits: probabilities, predicted, probabilities };
}

/** One feature, padded with 0 at the end: every real step holds `level`. */
export function level(
  index: number,
  value: number,
  length: number,
  steps: number,
  label: number | null,
): Case {
  const x = new Float32Array(steps).fill(value, 0, length);
  const mask = new Uint8Array(steps).fill(1, 0, length);
  return { id: String(index), index, x, mask, length, label };
}

/** Steps of a level series before its zero padding. */
export function lengthOf(x: Float32Array): number {
  return x.findLastIndex((value) => value !== 0) + 1;
}
