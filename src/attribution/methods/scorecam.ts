import { logitsAt } from '../asker.ts';
import { softmax } from '../probabilities.ts';
import { scoreValue } from '../score.ts';
import type { RunsMethod } from './method.ts';
import { weightedMap } from './weighted.ts';

export const scorecam: RunsMethod<'scorecam'> = {
  kind: 'runs',
  id: 'scorecam',
  label: 'Score-CAM',
  formula: 'Σ_k w_k A_k(p), w = softmax over k of y(b + H_k (x − b)), H_k = A_k scaled to 0..1 on the input',
  paper: 'Wang et al. 2020',
  caveat:
    'With a baseline of zero on standardised data, masking pulls every value to the channel mean, which is the padding value: what is masked out looks like padding. Compare another baseline.',
  at: 'layer',
  needsGradient: false,
  relu: true,
  realOnly: 'only real steps are masked; padding stays as it is',
  isLinear: false,
  options: ['baseline', 'seed'],
  isQuick: false,
  async explain({ x, mask, steps, absent, layer, scores, ask }) {
    const { channels, onInput } = layer!;
    const activation = await layer!.activation();
    const cells = activation.length / channels;
    function* masked() {
      for (let channel = 0; channel < channels; channel++) {
        const kept = onInput(scaled(activation.subarray(channel * cells, (channel + 1) * cells)));
        yield { x: x.map((value, i) => absent[i]! + kept[i]! * (value - absent[i]!)), mask };
      }
    }
    const answers = await ask(masked(), steps, channels);
    return {
      maps: scores.map((score) =>
        weightedMap(
          softmax(Float32Array.from({ length: channels }, (_, k) => scoreValue(score, logitsAt(answers, k)))),
          activation,
        ),
      ),
    };
  },
};

/** To 0..1; a flat channel masks everything away. */
function scaled(channel: Float32Array): Float32Array {
  const least = channel.reduce((low, value) => Math.min(low, value), Infinity);
  const range = channel.reduce((high, value) => Math.max(high, value), -Infinity) - least;
  return range > 0 ? channel.map((value) => (value - least) / range) : new Float32Array(channel.length);
}
