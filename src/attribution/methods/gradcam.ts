import type { Method } from './method.ts';

export const gradcam: Method = {
  id: 'gradcam',
  label: 'Grad-CAM',
  formula: 'Σ_k α_k A_k(p), α_k = mean over positions of g_k',
  paper: 'Selvaraju et al. 2017',
  caveat:
    'Its weights are a mean over all positions, padding included; weights over real steps only avoid that.',
  map(builder, { activation, positions, meanGradient }) {
    // As a matrix product [1, C]·[C, P]: the weighted activations are never written down.
    const weights = builder.unsqueeze(meanGradient(), [1]);
    const product = builder.add('MatMul', [weights, builder.reshape(activation, [0, 0, -1])]);
    return builder.reshape(product, [0, ...positions]);
  },
};
