import type { GraphMethod } from './method.ts';

export const saliency: GraphMethod<'saliency'> = {
  kind: 'graph',
  id: 'saliency',
  label: 'Saliency (gradient)',
  formula: '∂y / ∂x(f, t), signed',
  paper: 'Simonyan et al. 2014',
  caveat:
    'What a small change would do, on padding as well: a gradient on padding says that the model would react to a value there, not that it used the zeros.',
  at: 'input',
  needsGradient: true,
  relu: false,
  realOnly: null,
  isLinear: true,
  options: [],
  isQuick: true,
  map(builder, { gradient }) {
    return builder.squeeze(gradient(), [1]);
  },
};
