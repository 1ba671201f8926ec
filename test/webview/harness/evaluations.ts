import type { Evaluation } from '../../../src/evaluation/evaluation.ts';
import type { ExplainedCase } from '../../../src/evaluation/explainedCase.ts';
import { REPLACEMENTS } from '../../../src/evaluation/replacement.ts';
import { type EvaluationOrder, runEvaluation } from '../../../src/evaluation/runEvaluation.ts';
import { createRandom } from '../../../src/random.ts';
import type { PanelViews } from '../../../src/views/panel/contract.ts';
import { madeHow } from '../../unit/attribution/madeHow.ts';
import { linearModel, sigmoid } from '../../unit/evaluation/linearModel.ts';

const [FEATURES, STEPS] = [4, 30];

/**
 * A linear model that reads steps 8 to 13 of feature 2, judged as the engine judges: series of 15 to 28 steps, the map
 * gradient × input. Weights drawn anew stand for what they are called, but the one named `conv1d` never matters.
 */
export async function judged(instances: number, change: Partial<EvaluationOrder> = {}): Promise<Evaluation> {
  const random = createRandom(11);
  const weights = Array.from({ length: FEATURES * STEPS }, (_, i) => {
    const [f, t] = [Math.floor(i / STEPS), i % STEPS];
    return f === 2 && t >= 8 && t < 14 ? 0.5 : 0.01;
  });
  const truth: Uint8Array[] = [];
  const cases = Array.from({ length: instances }, (_, index): ExplainedCase => {
    const length = 15 + ((5 * index) % 14);
    const mask = Uint8Array.from({ length: STEPS }, (__, t) => (t < length ? 1 : 0));
    const x = Float32Array.from({ length: FEATURES * STEPS }, (__, i) =>
      mask[i % STEPS] ? random.normal() + (weights[i]! > 0.1 ? 1.5 : 0) : 0,
    );
    const logit = x.reduce((sum, value, i) => sum + value * weights[i]!, 0);
    truth.push(Uint8Array.from(weights, (weight) => (weight > 0.1 ? 1 : 0)));
    const map = { values: x.map((value, i) => value * weights[i]!), rows: FEATURES, columns: STEPS };
    return {
      ...{ id: `case_${index}`, index, x, mask, length, label: null, target: 1, logit },
      ...{ probability: sigmoid(logit), map },
    };
  });
  const model = {
    ...linearModel(weights),
    stages: [
      { name: 'conv2dblock', above: false },
      { name: 'conv1d', above: true },
      { name: 'head', above: true },
    ],
    randomisedMaps: async (some: readonly ExplainedCase[], stages: readonly number[], draw: number) => {
      const other = createRandom(100 + draw);
      const redrawn = weights.map((weight) => (stages.includes(0) ? 0.3 * other.normal() : weight));
      return some.map(({ x }) => {
        const noise = stages.includes(2) ? 0.02 : 0;
        const values = x.map((value, i) => value * redrawn[i]! + noise * other.normal());
        return { values, rows: FEATURES, columns: STEPS };
      });
    },
    completeness: async (some: readonly ExplainedCase[]) => ({
      identity: 'logit − bias',
      sums: some.map(({ map }) => map.values.reduce((sum, value) => sum + value, 0)),
      expected: some.map(({ logit }) => logit),
      tolerance: 1e-3,
    }),
  };
  const order: EvaluationOrder = {
    ...{ cases, of: instances, shape: { features: FEATURES, steps: STEPS } },
    units: { mean: new Float64Array(FEATURES), sd: new Float64Array(FEATURES).fill(1) },
    ...{ classes: ['walk', 'run'], methodLabel: 'HiResCAM' },
    how: madeHow({ method: 'hirescam', layer: 'conv2dblock' }),
    ...{
      ranking: 'value',
      bottleneck: true,
      slow: false,
      replacements: REPLACEMENTS,
    },
    ...{ truth, seed: 1 },
    provenance: {
      ...{ model: 'xcm.onnx', modelHash: '00', data: 'walk.csv' },
      ...{ runtime: 'onnxruntime-node 1.30.0', version: '0.1.0' },
    },
    ...change,
  };
  return runEvaluation(order, model, () => {});
}

export function evaluationView(
  evaluation: Evaluation | null,
  change: Partial<PanelViews['evaluation']> = {},
): PanelViews['evaluation'] {
  return {
    ...{
      scope: 'file',
      result: evaluation,
      outdated: false,
      activity: { kind: 'idle' },
      seen: [],
      instances: 48,
    },
    ...change,
  };
}
