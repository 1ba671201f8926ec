import type { GraphMethod } from './method.ts';

export const gradientInput: GraphMethod<'gradient-input'> = {
  kind: 'graph',
  id: 'gradient-input',
  label: 'Gradient × input',
  formula: 'x(f, t) · ∂y / ∂x(f, t)',
  paper: 'Shrikumar et al. 2016',
  caveat:
    'Exactly 0 where x = 0, so zero padding gets nothing whatever the model does with it: that is NOT evidence that padding is unused.',
  at: 'input',
  needsGradient: true,
  relu: false,
  realOnly: null,
  isLinear: true,
  options: [],
  isQuick: true,
  map(builder, { activation, gradient }) {
    // A model may take float64; gradients are float32 throughout.
    return builder.squeeze(builder.add('Mul', [builder.toFloat(activation), gradient()]), [1]);
  },
};
