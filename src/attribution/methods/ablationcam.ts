import { scoreValue } from '../score.ts';
import type { RunsMethod } from './method.ts';
import { weightedMap } from './weighted.ts';

export const ablationcam: RunsMethod<'ablationcam'> = {
  kind: 'runs',
  id: 'ablationcam',
  label: 'Ablation-CAM',
  formula: 'Σ_k w_k A_k(p), w_k = (y − y without channel k) / |y|',
  paper: 'Ramaswamy & Desai 2020',
  caveat:
    'A channel is set to zero on padding too, so its weight holds what the padding carried; divided by |y| and not by y, or a negative y would turn the map round.',
  at: 'layer',
  needsGradient: false,
  relu: true,
  realOnly: 'a channel is set to zero on real positions only',
  isLinear: false,
  options: [],
  isQuick: false,
  async explain({ layer, logits, scores }) {
    const activation = await layer!.activation();
    const without = await layer!.withoutChannels();
    return {
      maps: scores.map((score) => {
        const y = scoreValue(score, logits);
        const scale = Math.abs(y) || 1;
        return weightedMap(
          without.map((each) => (y - scoreValue(score, each)) / scale),
          activation,
        );
      }),
    };
  },
};
