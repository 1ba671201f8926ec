import type { GraphMethod } from './method.ts';
import { weightedSum } from './weighted.ts';

export const gradcam: GraphMethod<'gradcam'> = {
  kind: 'graph',
  id: 'gradcam',
  label: 'Grad-CAM',
  formula: 'Σ_k α_k A_k(p), α_k = mean over positions of g_k',
  paper: 'Selvaraju et al. 2017',
  caveat:
    'Its weights are a mean over all positions, padding included; weights over real steps only avoid that.',
  at: 'layer',
  needsGradient: true,
  relu: true,
  realOnly: 'α is the mean of the gradient over real positions',
  isLinear: true,
  options: [],
  isQuick: true,
  map(builder, layer) {
    return weightedSum(builder, layer.meanGradient(), layer);
  },
};
