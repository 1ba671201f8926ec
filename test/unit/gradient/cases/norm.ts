import { attribute, type OpCase, on, opCase, positive, single, weights } from '../opCase.ts';

const { float, int, ints } = attribute;
const batchNorm = {
  scale: weights([3], 1),
  shift: weights([3], 2),
  mean: weights([3], 3),
  variance: positive([3], 4),
};

export const normCases: OpCase[] = [
  ...on([9, 14, 17], (opset) =>
    single('BatchNormalization', [2, 3, 8], { epsilon: float(1e-3) }, { constants: batchNorm, opset }),
  ),
  single('BatchNormalization', [2, 3, 4, 2], {}, { constants: batchNorm }),
  opCase(
    'BatchNormalization of a vector',
    [2, 3],
    [['BatchNormalization', 'x scale shift mean variance', 'y']],
    { constants: batchNorm },
  ),
  ...on([9, 17], (opset) =>
    single(
      'InstanceNormalization',
      [2, 3, 8],
      { epsilon: float(1e-3) },
      { constants: { scale: weights([3]), shift: weights([3], 2) }, opset },
    ),
  ),
  single(
    'InstanceNormalization',
    [2, 3, 4, 2],
    {},
    { constants: { scale: weights([3]), shift: weights([3], 2) } },
  ),
  single('LayerNormalization', [2, 3, 8], {}, { constants: { scale: weights([8]), shift: weights([8], 2) } }),
  single(
    'LayerNormalization',
    [2, 3, 8],
    { axis: int(1), epsilon: float(1e-3) },
    { constants: { scale: weights([3, 8]) } },
  ),
  single(
    'GroupNormalization',
    [2, 4, 6],
    { num_groups: int(2) },
    { constants: { scale: positive([2]), shift: weights([2], 2) }, opset: 18 },
  ),
  single(
    'GroupNormalization',
    [2, 4, 6],
    { num_groups: int(2) },
    { constants: { scale: positive([4]), shift: weights([4], 2) }, opset: 21 },
  ),
  single('LRN', [2, 5, 4, 2], { size: int(3), alpha: float(0.9), beta: float(0.6), bias: float(1.5) }),
  single('LRN', [2, 6, 3, 2], { size: int(5), alpha: float(2) }),
  single('LpNormalization', [2, 3, 8], { axis: int(1) }),
  single('LpNormalization', [2, 3, 8], { axis: int(2), p: int(1) }),
  single('RMSNormalization', [2, 3, 8], {}, { constants: { scale: weights([8]) }, opset: 23 }),
  single(
    'RMSNormalization',
    [2, 3, 8],
    { axis: int(1), epsilon: float(1e-2) },
    { constants: { scale: weights([3, 8]) }, opset: 23 },
  ),
  single('MeanVarianceNormalization', [2, 3, 8], { axes: ints([2]) }),
  single('MeanVarianceNormalization', [2, 3, 4, 2], { axes: ints([1, 2, 3]) }),
];
