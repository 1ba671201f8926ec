import type { GraphMethod } from './method.ts';

export const hirescam: GraphMethod<'hirescam'> = {
  kind: 'graph',
  id: 'hirescam',
  label: 'HiResCAM',
  formula: 'Σ_k g_k(p) A_k(p)',
  paper: 'Draelos & Carin 2020',
  caveat: 'Gradient times activation at each position: no weights, so padding cannot leak in through a mean.',
  at: 'layer',
  needsGradient: true,
  relu: true,
  realOnly: null,
  isLinear: true,
  options: [],
  isQuick: true,
  map(builder, { activation, gradient }) {
    return builder.reduce('ReduceSum', builder.add('Mul', [gradient(), activation]), [1], false);
  },
};
