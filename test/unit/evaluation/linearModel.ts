import type { Row } from '../../../src/attribution/feeds.ts';
import type { EvaluationCase } from '../../../src/evaluation/evaluationCase.ts';
import type { EvaluationModel } from '../../../src/evaluation/evaluationModel.ts';
import type { LogitAnswers } from '../../../src/padding/auditModel.ts';

/** Logit of class 1 is w · x, of class 0 zero; one feature. */
export function linearModel(weights: readonly number[]): EvaluationModel & { asked: number } {
  const logit = (x: Float32Array) => weights.reduce((sum, w, i) => sum + w * x[i]!, 0);
  const model = {
    asked: 0,
    ask: async (inputs: Iterable<Row>): Promise<LogitAnswers> => {
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
): EvaluationCase {
  const logit = x.reduce((sum, value, t) => sum + value * weights[t]!, 0);
  return {
    id: `i${index}`,
    index,
    x: Float32Array.from(x),
    mask: Uint8Array.from(mask),
    length: mask.filter((real) => real === 1).length,
    target: 1,
    logit,
    probability: sigmoid(logit),
    map: { values: Float32Array.from(map), rows: 1, columns: x.length },
  };
}

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
