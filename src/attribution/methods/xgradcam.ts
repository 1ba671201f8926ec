import type { GraphMethod } from './method.ts';
import { weightedSum } from './weighted.ts';

export const xgradcam: GraphMethod<'xgradcam'> = {
  kind: 'graph',
  id: 'xgradcam',
  label: 'XGrad-CAM',
  formula: 'Σ_k w_k A_k(p), w_k = Σ_p g_k A_k / Σ_p A_k',
  paper: 'Fu et al. 2020',
  caveat:
    'Gradients count as much as the layer is active there: a constant activation on padding (bias, batch-norm shift) gives padding its share of the weights.',
  at: 'layer',
  needsGradient: true,
  relu: true,
  realOnly: 'both sums over positions run over real positions',
  isLinear: true,
  options: [],
  isQuick: true,
  map(builder, layer) {
    const weighted = layer.sum(builder.add('Mul', [layer.gradient(), layer.activation]));
    const whole = layer.sum(layer.activation);
    // A channel that sums to 0 has no weight by the formula; it is left out.
    const none = builder.toFloat(builder.equal(whole, builder.scalar(0)));
    const quotient = builder.add('Div', [weighted, builder.add('Add', [whole, none])]);
    const some = builder.add('Sub', [builder.scalar(1), none]);
    return weightedSum(builder, builder.add('Mul', [quotient, some]), layer);
  },
};
