import type { GraphMethod } from './method.ts';

export const layercam: GraphMethod<'layercam'> = {
  kind: 'graph',
  id: 'layercam',
  label: 'LayerCAM',
  formula: 'Σ_k ReLU(g_k(p)) A_k(p)',
  paper: 'Jiang et al. 2021',
  caveat:
    'Local like HiResCAM, so padding cannot leak in through a mean; what speaks against the answer is left out, so it cannot cancel what speaks for it.',
  at: 'layer',
  needsGradient: true,
  relu: true,
  realOnly: null,
  isLinear: false,
  options: [],
  isQuick: true,
  map(builder, { activation, gradient }) {
    const positive = builder.add('Relu', [gradient()]);
    return builder.reduce('ReduceSum', builder.add('Mul', [positive, activation]), [1], false);
  },
};
