import type { Answers } from '../../../src/attribution/asker.ts';
import type { EvaluationModel } from '../../../src/evaluation/evaluationModel.ts';
import type { ExplainedCase } from '../../../src/evaluation/explainedCase.ts';
import type { MaskedSeries } from '../../../src/preprocess/case.ts';

/** Logit of class 1 is w · x, of class 0 zero; one feature. */
export function linearModel(weights: readonly number[]): EvaluationModel & { asked: number } {
  const logit = (x: Float32Array) => weights.reduce((sum, w, i) => sum + w * x[i]!, 0);
  const model = {
    asked: 0,
    ask: async (inputs: Iterable<MaskedSeries>): Promise<Answers> => {
      const found = [...inputs].map(({ x }) => logit(x));
      model.asked += found.length;
      return {
        classes: 2,
        logits: Float32Array.from(found.flatMap((value) => [0, value])),
        predicted: Int32Array.from(found, (value) => (value > 0 ? 1 : 0)),
        probabilities: Float32Array.from(found.flatMap((value) => [1 - sigmoid(value), sigmoid(value)])),
      };
    },
    stages: [],
    randomisedMaps: async () => [],
    completeness: async () => 'not asked here',
  };
  return model;
}

/** One instance of one feature, its map w · x cell by cell unless given. */
export function linearCase(
  weights: readonly number[],
  x: readonly number[],
  { index = 0, mask = x.map(() => 1), map = x.map((value, t) => value * weights[t]!) } = {},
): ExplainedCase {
  const logit = x.reduce((sum, value, t) => sum + value * weights[t]!, 0);
  return {
    id: `i${index}`,
    index,
    x: Float32Array.from(x),
    mask: Uint8Array.from(mask),
    length: mask.filter((real) => real === 1).length,
    label: null,
    target: 1,
    logit,
    probability: sigmoid(logit),
    map: { values: Float32Array.from(map), rows: 1, columns: x.length },
  };
}

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
