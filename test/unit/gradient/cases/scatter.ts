import type { Tensor } from '../../../../src/graph/tensor.ts';
import { attribute, integer, type OpCase, on, opCase, single, vector, weights } from '../opCase.ts';

const { int, text } = attribute;
const indices = (dims: readonly number[], ...values: number[]): Tensor => ({
  dtype: 'int64',
  dims,
  data: BigInt64Array.from(values, BigInt),
});
const picks = indices([2, 3, 4], ...Array.from({ length: 24 }, (_, i) => (i * 5) % 8));

export const scatterCases: OpCase[] = [
  ...on([10, 11, 17], (opset) =>
    opCase('TopK', [2, 3, 8], [['TopK', 'x k', 'y i', { axis: int(2) }]], {
      constants: { k: vector(3) },
      opset,
    }),
  ),
  opCase(
    'TopK, smallest along the middle',
    [2, 6, 4],
    [['TopK', 'x k', 'y i', { axis: int(1), largest: int(0) }]],
    {
      constants: { k: vector(2) },
    },
  ),
  ...on([11, 17], (opset) =>
    single(
      'GatherElements',
      [2, 3, 8],
      { axis: int(2) },
      { constants: { i: picks }, opset, fixedBatch: true },
    ),
  ),
  ...on([11, 13, 16, 18], (opset) =>
    opCase(
      'GatherND behind a Transpose',
      [2, 3, 8],
      [
        ['Transpose', 'x', 't', { perm: { kind: 'ints', value: [2, 0, 1] } }],
        ['GatherND', 't i', 'y'],
      ],
      { constants: { i: indices([5, 1], 3, 0, 3, -1, 2) }, opset },
    ),
  ),
  ...[indices([2, 1], 3, -1), indices([2, 3, 1], 3, 0, 3, -1, 2, 2)].map((i) =>
    opCase(
      `GatherND within the instances, ${i.dims.length} axes`,
      [2, 8, 3],
      [['GatherND', 'x i', 'y', { batch_dims: int(1) }]],
      { constants: { i }, fixedBatch: true },
    ),
  ),
  opCase(
    'Gather at indices of 32 bits that are computed',
    [2, 3, 8],
    [
      ['ArgMax', 'x', 'most', { axis: int(2), keepdims: int(0) }],
      ['ReduceMax', 'most', 'one', { keepdims: int(0) }],
      ['Cast', 'one', 'short', { to: int(6) }],
      ['Gather', 'x short', 'y', { axis: int(2) }],
    ],
    { fixedBatch: true },
  ),
  opCase(
    'parts cut and padded at a computed place, joined the other way round',
    [2, 3, 8],
    [
      ['ArgMax', 'x', 'most', { axis: int(2), keepdims: int(0) }],
      ['ReduceMax', 'most', 'one', { keepdims: int(0) }],
      ['Unsqueeze', 'one zero', 'at'],
      ['Slice', 'x at end axis', 'right'],
      ['Slice', 'x zero at axis', 'left'],
      ['Concat', 'right left right', 'joined', { axis: int(2) }],
      ['Mul', 'joined joined', 'squares'],
      ['Concat', 'none at', 'pads', { axis: int(0) }],
      ['Pad', 'squares pads', 'y'],
    ],
    {
      constants: { zero: vector(0), end: vector(8), axis: vector(2), none: vector(0, 0, 1, 0, 0) },
      fixedBatch: true,
    },
  ),
  ...on([11, 15], (opset) =>
    opCase(
      'GatherND of computed places among the instances',
      [2, 3, 8],
      [
        ['Transpose', 'x', 't', { perm: { kind: 'ints', value: [0, 2, 1] } }],
        ['Shape', 'x', 's'],
        ['Gather', 's none', 'n'],
        ['Range', 'none n one', 'rows'],
        ['ReduceMax', 'x', 'high', { axes: { kind: 'ints', value: [1] }, keepdims: int(0) }],
        ['ArgMax', 'high', 'most', { axis: int(1), keepdims: int(0) }],
        ['Cast', 'most', 'at', { to: int(7) }],
        ['Mul', 'at minus', 'back'],
        ['Reshape', 'rows column', 'r'],
        ['Reshape', 'back column', 'c'],
        ['Concat', 'r c', 'i', { axis: int(1) }],
        ['GatherND', 't i', 'y'],
      ],
      {
        constants: { none: integer(0), one: integer(1), minus: integer(-1), column: vector(-1, 1) },
        opset,
      },
    ),
  ),
  opCase(
    'ReverseSequence',
    [3, 8, 2],
    [['ReverseSequence', 'x i', 'y', { time_axis: int(1), batch_axis: int(0) }]],
    { constants: { i: vector(3, 8, 5) }, fixedBatch: true },
  ),
  ...on([12, 17], (opset) =>
    opCase(
      'GatherND of two axes',
      [2, 3, 8],
      [
        ['Transpose', 'x', 't', { perm: { kind: 'ints', value: [2, 1, 0] } }],
        ['GatherND', 't i', 'y'],
      ],
      { constants: { i: indices([3, 2], 3, 0, 7, 2, 3, 0) }, opset },
    ),
  ),
  ...on([11, 16], (opset) =>
    opCase(
      'ScatterND of x into x',
      [4, 5],
      [
        ['Slice', 'x from to', 'rows'],
        ['Mul', 'rows rows', 'squares'],
        ['ScatterND', 'x i squares', 'y'],
      ],
      {
        constants: { from: vector(0), to: vector(2), i: indices([2, 1], 3, 1) },
        opset,
        fixedBatch: true,
      },
    ),
  ),
  opCase(
    'ScatterND that adds',
    [4, 5],
    [
      ['Slice', 'x from to', 'rows'],
      ['Mul', 'rows rows', 'squares'],
      ['ScatterND', 'x i squares', 'y', { reduction: text('add') }],
    ],
    { constants: { from: vector(0), to: vector(2), i: indices([2, 1], 3, 3) }, opset: 16, fixedBatch: true },
  ),
  ...on([11, 18], (opset) =>
    opCase(
      'ScatterElements of x into weights and into x',
      [2, 3, 4],
      [
        ['Mul', 'x x', 'squares'],
        ['ScatterElements', 'c i squares', 'a', { axis: int(2) }],
        ['ScatterElements', 'x j few', 'b', { axis: int(2) }],
        ['Concat', 'a b', 'y', { axis: int(2) }],
      ],
      {
        constants: {
          c: weights([2, 3, 8]),
          few: weights([2, 3, 1], 3),
          i: indices(
            [2, 3, 4],
            ...Array.from({ length: 24 }, (_, at) => 2 * (at % 4) + (at % 8 < 4 ? 1 : 0)),
          ),
          j: indices([2, 3, 1], 0, 3, 1, 2, 2, 0),
        },
        opset,
        fixedBatch: true,
      },
    ),
  ),
];
