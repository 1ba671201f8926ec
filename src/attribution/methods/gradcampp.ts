import type { GraphMethod } from './method.ts';
import { weightedSum } from './weighted.ts';

export const gradcampp: GraphMethod<'gradcampp'> = {
  kind: 'graph',
  id: 'gradcampp',
  label: 'Grad-CAM++',
  formula: 'Σ_k w_k A_k(p), w_k = Σ_p a ReLU(g_k), a = g² / (2g² + g³ Σ_p A_k) where g ≠ 0',
  paper: 'Chattopadhay et al. 2018',
  caveat:
    'Only positions that speak for the answer enter its weights, but they are summed over padding too; no small number is added to the divisor, so weights differ from implementations that add 1e-6.',
  at: 'layer',
  needsGradient: true,
  relu: true,
  realOnly: 'both sums over positions, of the weight and of the activation, run over real positions',
  isLinear: false,
  options: [],
  isQuick: true,
  map(builder, layer) {
    const positive = builder.add('Relu', [layer.gradient()]);
    const sums = builder.unsqueeze(
      layer.sum(layer.activation),
      layer.positions.map((_, axis) => axis + 2),
    );
    // Where g > 0, a·g = g / (2 + g Σ A); where it is not, ReLU(g) = 0 and so is the quotient.
    const divisor = builder.add('Add', [builder.scalar(2), builder.add('Mul', [positive, sums])]);
    return weightedSum(builder, layer.sum(builder.add('Div', [positive, divisor])), layer);
  },
};
