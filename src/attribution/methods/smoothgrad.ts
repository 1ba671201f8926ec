import type { MaskedSeries } from '../../preprocess/case.ts';
import { createRandom } from '../../random.ts';
import type { Inquiry } from './inquiry.ts';
import type { RunsMethod } from './method.ts';

export const smoothgrad: RunsMethod<'smoothgrad'> = {
  kind: 'runs',
  id: 'smoothgrad',
  label: 'SmoothGrad',
  formula: 'mean over n of ∂y / ∂x at x + ε, ε ~ N(0, σ²), σ = noise · (max x − min x)',
  paper: 'Smilkov et al. 2017',
  caveat:
    'The noise falls on padding too, which then no longer looks like padding: the map is about inputs the model never saw; noise on real steps only avoids that.',
  at: 'input',
  needsGradient: true,
  relu: false,
  realOnly: 'noise is added on real steps only',
  isLinear: true,
  options: ['samples', 'noise', 'seed'],
  isQuick: false,
  async explain({ x, options, scores, gradients, ...instance }) {
    const { samples } = options;
    const sums = scores.map(() => new Float64Array(x.length));
    await gradients(noisy({ x, options, ...instance }), samples, (gradient, _, score) => {
      const sum = sums[score]!;
      for (let i = 0; i < sum.length; i++) sum[i]! += gradient[i]!;
    });
    return { maps: sums.map((sum) => Float32Array.from(sum, (value) => value / samples)) };
  },
};

function* noisy({
  x,
  mask,
  steps,
  options,
  realOnly,
}: Pick<Inquiry, 'x' | 'mask' | 'steps' | 'options' | 'realOnly'>): Generator<MaskedSeries> {
  const random = createRandom(options.seed);
  const anyReal = mask.includes(1);
  const real = x.filter((_, i) => !anyReal || mask[i % steps] === 1);
  const high = real.reduce((most, value) => Math.max(most, value), -Infinity);
  const low = real.reduce((least, value) => Math.min(least, value), Infinity);
  const deviation = options.noise * (high - low);
  for (let sample = 0; sample < options.samples; sample++) {
    const shaken = x.map((value, i) => {
      // Drawn for padding as well, so that both kinds of map see the same noise on real steps.
      const noise = deviation * random.normal();
      return realOnly && mask[i % steps] !== 1 ? value : value + noise;
    });
    yield { x: shaken, mask };
  }
}
