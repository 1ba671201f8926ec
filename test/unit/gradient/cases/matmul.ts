import { attribute, type OpCase, on, opCase, single, vector, weights } from '../opCase.ts';

const { float, int, ints, text } = attribute;

export const matmulCases: OpCase[] = [
  ...[0, 1].flatMap((transA) =>
    [0, 1].map((transB) =>
      single(
        'Gemm',
        [3, 5],
        { transA: int(transA), transB: int(transB), alpha: float(0.5), beta: float(2) },
        {
          constants: {
            w: weights(transB === transA ? (transA ? [4, 3] : [5, 4]) : transA ? [3, 4] : [4, 5]),
            b: weights([4]),
          },
          fixedBatch: true,
        },
      ),
    ),
  ),
  single('Gemm', [3, 5], {}, { constants: { w: weights([5, 4]), b: weights([4]) }, opset: 9 }),
  opCase(
    'Gemm with x on the right and as bias',
    [4, 4],
    [['Gemm', 'w x x', 'y', { transA: int(1), beta: float(0.5) }]],
    { constants: { w: weights([4, 4]) }, fixedBatch: true },
  ),
  opCase('Gemm with x on the right, turned', [4, 4], [['Gemm', 'w x', 'y', { transB: int(1) }]], {
    constants: { w: weights([3, 4]) },
  }),
  ...on([9, 17], (opset) => single('MatMul', [2, 3, 5], {}, { constants: { w: weights([5, 4]) }, opset })),
  single('MatMul', [3, 5], {}, { constants: { w: weights([2, 5, 4]) } }),
  opCase(
    'MatMul by a vector, as a column and as a row',
    [2, 3, 4],
    [
      ['Unsqueeze', 'v one', 'c'],
      ['MatMul', 'x c', 'a'],
      ['Unsqueeze', 'v zero', 'r'],
      ['MatMul', 'a r', 'y'],
    ],
    { constants: { v: weights([4]), one: vector(1), zero: vector(0) } },
  ),
  opCase('MatMul with x on the right', [2, 5, 3], [['MatMul', 'w x', 'y']], {
    constants: { w: weights([4, 5]) },
  }),
  single('MatMul', [2, 3, 5], {}, { constants: { w: weights([5]) } }),
  opCase('MatMul with a vector before x', [2, 5, 3], [['MatMul', 'w x', 'y']], {
    constants: { w: weights([5]) },
  }),
  opCase(
    'attention: x·xᵀ, softmax, ·x',
    [2, 4, 5],
    [
      ['Transpose', 'x', 't', { perm: ints([0, 2, 1]) }],
      ['MatMul', 'x t', 's'],
      ['Softmax', 's', 'p', { axis: int(-1) }],
      ['MatMul', 'p x', 'y'],
    ],
  ),
  opCase('Einsum', [2, 3, 5], [['Einsum', 'x w', 'y', { equation: text('nct,kc->nkt') }]], {
    constants: { w: weights([4, 3]) },
  }),
  opCase('Einsum of x and x', [2, 3, 5], [['Einsum', 'x x', 'y', { equation: text('nct,ndt->ncd') }]]),
  opCase(
    'squeeze and excitation',
    [2, 4, 9],
    [
      ['GlobalAveragePool', 'x', 'g'],
      ['Flatten', 'g', 'f', { axis: int(1) }],
      ['Gemm', 'f w1', 'h', { transB: int(1) }],
      ['Sigmoid', 'h', 'r'],
      ['Gemm', 'r w2', 'k', { transB: int(1) }],
      ['Sigmoid', 'k', 's'],
      ['Unsqueeze', 's', 'u', { axes: ints([2]) }],
      ['Mul', 'x u', 'y'],
    ],
    { constants: { w1: weights([3, 4]), w2: weights([4, 3], 2) }, opset: 11 },
  ),
];
