import { int64 } from '../../../../src/graph/tensor.ts';
import { attribute, integer, type OpCase, on, opCase, scalar, single, vector, weights } from '../opCase.ts';

const { int, ints } = attribute;

export const shapeCases: OpCase[] = [
  single('Reshape', [2, 3, 8], {}, { constants: { to: vector(2, -1) }, opset: 9 }),
  single('Reshape', [2, 3, 8], {}, { constants: { to: vector(0, 4, 6) } }),
  opCase(
    'Reshape to a shape computed while the model runs',
    [2, 3, 8],
    [
      ['Shape', 'x', 's'],
      ['Gather', 's zero', 'n'],
      ['Unsqueeze', 'n axis', 'n1'],
      ['Concat', 'n1 minus', 'to', { axis: int(0) }],
      ['Reshape', 'x to', 'y'],
    ],
    {
      constants: {
        zero: integer(0),
        axis: vector(0),
        minus: vector(-1),
      },
    },
  ),
  single(
    'GatherElements',
    [2, 3, 8],
    { axis: int(2) },
    {
      constants: {
        at: int64([2, 3, 4], [0, 1, 1, 7, 2, 2, 2, 0, 5, 6, 7, 0, 3, 3, 1, 0, 4, 4, 4, 4, 7, 6, 5, 4]),
      },
      opset: 18,
      fixedBatch: true,
    },
  ),
  single('Flatten', [2, 3, 8], { axis: int(1) }),
  single('Flatten', [2, 3, 4, 2], { axis: int(2) }, { opset: 9 }),
  opCase(
    'Squeeze and Unsqueeze',
    [2, 1, 8],
    [
      ['Squeeze', 'x one', 's'],
      ['Unsqueeze', 's two', 'y'],
    ],
    { constants: { one: vector(1), two: vector(2) } },
  ),
  ...on([9, 11], (opset) =>
    opCase(
      'Squeeze and Unsqueeze by attribute',
      [2, 1, 8],
      [
        ['Squeeze', 'x', 's', { axes: ints([1]) }],
        ['Unsqueeze', 's', 'y', { axes: ints([0, 3]) }],
      ],
      { opset },
    ),
  ),
  single('Transpose', [2, 3, 8], { perm: ints([2, 0, 1]) }),
  single('Transpose', [2, 3, 8]),
  single('Expand', [2, 1, 8], {}, { constants: { to: vector(2, 3, 8) }, opset: 9, fixedBatch: true }),
  single('Expand', [3, 1], {}, { constants: { to: vector(2, 3, 4) }, fixedBatch: true }),
  single('Tile', [2, 3, 4], {}, { constants: { repeats: vector(1, 2, 3) } }),
  ...on([9, 12, 13], (opset) => single('Dropout', [2, 3, 8], {}, { opset })),
  ...on([9, 17], (opset) =>
    opCase(
      'Concat',
      [2, 3, 8],
      [
        ['Mul', 'x x', 'q'],
        ['Concat', 'x c q', 'y', { axis: int(1) }],
      ],
      { constants: { c: weights([2, 2, 8]) }, opset, fixedBatch: true },
    ),
  ),
  opCase('Concat, axis from the end', [2, 3, 8], [['Concat', 'x x', 'y', { axis: int(-1) }]], { opset: 11 }),
  opCase(
    'Split',
    [2, 6, 4],
    [
      ['Split', 'x sizes', 'a b', { axis: int(1) }],
      ['Exp', 'a', 'y'],
    ],
    { constants: { sizes: vector(2, 4) } },
  ),
  ...on([9, 11], (opset) =>
    opCase(
      'Split by attribute',
      [2, 6, 4],
      [
        ['Split', 'x', 'a b c', { axis: int(1), split: ints([1, 2, 3]) }],
        ['ReduceMean', 'a', 'm', { axes: ints([1]) }],
        ['Mul', 'c m', 'y'],
      ],
      { opset },
    ),
  ),
  opCase(
    'Split into equal parts',
    [2, 6, 4],
    [
      ['Split', 'x', 'a b', { axis: int(1), num_outputs: int(2) }],
      ['Mul', 'a b', 'y'],
    ],
    { opset: 18 },
  ),
  single(
    'Slice',
    [2, 6, 8],
    {},
    { constants: { from: vector(1, -5), to: vector(4, 9999), axes: vector(1, 2) } },
  ),
  single(
    'Slice',
    [2, 6, 8],
    { starts: ints([1, -5]), ends: ints([4, 9999]), axes: ints([1, 2]) },
    { opset: 9 },
  ),
  single(
    'Slice',
    [2, 6, 8],
    {},
    { constants: { from: vector(1, 0), to: vector(6, 8), axes: vector(1, -1), steps: vector(2, 3) } },
  ),
  single(
    'Slice',
    [2, 3, 8],
    {},
    { constants: { from: vector(-1), to: vector(-9999), axes: vector(2), steps: vector(-1) }, opset: 10 },
  ),
  single(
    'Slice',
    [2, 3, 8],
    {},
    { constants: { from: vector(6), to: vector(0), axes: vector(2), steps: vector(-2) } },
  ),
  single('Pad', [2, 3, 8], {}, { constants: { pads: vector(0, 0, 2, 0, 1, 3) } }),
  single('Pad', [2, 3, 8], {}, { constants: { pads: vector(0, 0, -2, 0, 0, 3), value: scalar(1) } }),
  single('Pad', [2, 3, 8], { pads: ints([0, 0, 2, 0, 1, 3]) }, { opset: 9 }),
  single(
    'Pad',
    [2, 3, 8],
    {},
    { constants: { pads: vector(1, 2), value: scalar(0), axes: vector(-1) }, opset: 18 },
  ),
  single('Gather', [2, 5, 4], { axis: int(1) }, { constants: { i: integer(-1) } }),
  single('Gather', [2, 5, 4], { axis: int(1) }, { constants: { i: vector(3, 0, 3) } }),
  single(
    'Gather',
    [5, 2, 4],
    {},
    { constants: { i: { dtype: 'int64', dims: [2, 2], data: BigInt64Array.of(4n, 1n, -2n, 1n) } } },
  ),
  single('Trilu', [2, 4, 4], {}, { constants: { k: integer(1) } }),
  single('Trilu', [2, 4, 4], { upper: int(0) }),
  ...[0, 1].flatMap((reverse) =>
    [0, 1].map((exclusive) =>
      single(
        'CumSum',
        [2, 3, 5],
        { reverse: int(reverse), exclusive: int(exclusive) },
        { constants: { axis: integer(2) } },
      ),
    ),
  ),
  opCase('CastLike', [2, 3, 8], [['CastLike', 'x one', 'y']], { constants: { one: scalar(1) } }),
  opCase(
    'ReverseSequence, and by default',
    [3, 4, 2],
    [
      ['ReverseSequence', 'x lengths', 'a', { time_axis: int(1), batch_axis: int(0) }],
      ['Transpose', 'x', 't', { perm: ints([1, 0, 2]) }],
      ['ReverseSequence', 't lengths', 'b'],
      ['Transpose', 'b', 'u', { perm: ints([1, 0, 2]) }],
      ['Concat', 'a u', 'y', { axis: int(2) }],
    ],
    { constants: { lengths: vector(4, 1, 3) }, fixedBatch: true },
  ),
];
