import assert from 'node:assert/strict';
import type { Raster } from '../../../src/attribution/explanation.ts';
import type { EvaluationModel } from '../../../src/evaluation/evaluationModel.ts';
import type { ExplainedCase } from '../../../src/evaluation/explainedCase.ts';
import { randomisation } from '../../../src/evaluation/randomisation.ts';
import { weightsVerdict } from '../../../src/evaluation/verdicts.ts';
import { createRandom } from '../../../src/random.ts';
import { linearCase, linearModel } from './linearModel.ts';

const STEPS = 30;
const random = createRandom(5);
const numbers = (n: number) => Array.from({ length: n }, () => random.normal());
const weights = numbers(STEPS);
/** Half of the steps are padding, where the map is 0 whatever the weights. */
const mask = Array.from({ length: STEPS }, (_, t) => (t < 20 ? 1 : 0));
const cases = Array.from({ length: 12 }, (_, index) =>
  linearCase(
    weights,
    numbers(STEPS).map((x, t) => x * mask[t]!),
    { index, mask },
  ),
);

/** Gradient × input of a linear model, whose weights are drawn anew; `scale` stands for a head that only scales it. */
function model(mapOf: (one: ExplainedCase, redrawn: boolean, draw: number) => number[]): EvaluationModel {
  return {
    ...linearModel(weights),
    stages: [
      { name: 'linear', above: false },
      { name: 'head', above: true },
    ],
    randomisedMaps: async (some, stages, draw) =>
      some.map((one): Raster => {
        const sign = stages.includes(1) && draw % 2 ? -1 : 1;
        const values = mapOf(one, stages.includes(0), draw).map((value) => sign * value);
        return { values: Float32Array.from(values), rows: 1, columns: STEPS };
      }),
  };
}

const settings = { features: 1, ranking: 'value', draws: 4 } as const;
const check = (of: EvaluationModel) => randomisation(cases, of, settings, createRandom(1), () => {});

describe('randomising the weights', () => {
  const redraws = Array.from({ length: 4 }, () => numbers(STEPS));
  const linear = model(({ x }, redrawn, draw) =>
    [...x].map((value, t) => value * (redrawn ? redraws[draw]! : weights)[t]!),
  );

  it('of a linear model, its gradient × input rests on the weights', async () => {
    const found = await check(linear);
    assert.deepEqual(
      found.cascade.map(({ stage }) => stage),
      ['head', 'linear'],
    );
    const last = found.cascade.at(-1)!;
    assert.ok(last.correlation.value < 0.35, `${last.correlation.value}`);
    assert.equal(weightsVerdict(found, false).answer, 'rests on the weights');
  });

  it('zero padding keeps its rank in an unsigned map, so it is counted apart', async () => {
    const size = (by: readonly number[]) => by.map((w, t) => Math.abs(w) * mask[t]!);
    const found = await check(model((_, redrawn, draw) => size(redrawn ? redraws[draw]! : weights)));
    const { correlation, withPadding } = found.cascade.at(-1)!;
    assert.ok(correlation.value < 0.4 && withPadding > 0.55, `${correlation.value} ${withPadding}`);
  });

  it('a head that only turns the sign keeps |ρ| at 1, and the verdict says why', async () => {
    const found = await check(linear);
    const head = found.independent.find(({ stage }) => stage === 'head')!;
    assert.ok(Math.abs(head.correlation.value - 1) < 1e-9);
    assert.ok(Math.abs(head.signed) < 1e-9, 'two draws turn it round, two do not');
    assert.match(
      weightsVerdict(found, true).reason,
      /Weights of head do not move it at all: a convolution to one channel follows/,
    );
  });

  it('a map of the input alone fails', async () => {
    const input = ({ x }: ExplainedCase) => [...x].map(Math.abs);
    const found = await check(model(input));
    const { answer, reason } = weightsVerdict(found, false);
    assert.equal(answer, 'does NOT rest on the weights');
    assert.match(reason, /\|rank correlation\|.*above 0\.5/);
  });

  it('constant maps have no rank and are counted', async () => {
    const found = await check(model(({ x }, redrawn) => [...x].map((value) => (redrawn ? 0 : value))));
    assert.equal(found.cascade.at(-1)!.constant, 12 * 4);
    assert.equal(weightsVerdict(found, false).answer, 'cannot tell');
  });
});
