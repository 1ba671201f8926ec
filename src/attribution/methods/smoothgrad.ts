import { noises } from '../noise.ts';
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
  async explain({ x, mask, steps, options, realOnly, pathGradients }) {
    const { samples } = options;
    const sums = await pathGradients({
      kind: 'around',
      origin: { x, mask },
      directions: realOnly ? onRealSteps(noises(options.seed, x.length)) : noises(options.seed, x.length),
      distance: options.noise * spread(x, mask),
      weights: new Array(samples).fill(1 / samples),
    });
    return { maps: sums.map((sum) => Float32Array.from(sum)) };

    // Drawn for padding as well, so that both kinds of map see the same noise on real steps.
    function* onRealSteps(all: Iterable<Float32Array>) {
      for (const noise of all) {
        const real = noise.slice();
        for (let i = 0; i < real.length; i++) if (mask[i % steps] !== 1) real[i] = 0;
        yield real;
      }
    }
  },
};

/** max x − min x over the real steps, over all where none is. */
function spread(x: Float32Array, mask: Uint8Array): number {
  const anyReal = mask.includes(1);
  const real = x.filter((_, i) => !anyReal || mask[i % mask.length] === 1);
  const high = real.reduce((most, value) => Math.max(most, value), -Infinity);
  const low = real.reduce((least, value) => Math.min(least, value), Infinity);
  return high - low;
}
