import { attribute, integer, type OpCase, opCase, scalar, vector, weights } from '../gradient/opCase.ts';

const { int, ints, text } = attribute;
const toFloat = { to: int(1) };

/** Operators that have no gradient but run: logic, integers, places, what the reverse pass emits. */
export const tfjsCases: OpCase[] = [
  ...['Ceil', 'Floor', 'Round', 'Sign', 'Sinh', 'Cosh', 'Tan', 'Asinh', 'Atan'].map((op) =>
    opCase(op, [2, 7], [[op, 'x', 'y']]),
  ),
  ...['Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'Equal'].map((op) =>
    opCase(
      `${op}, cast`,
      [2, 3, 7],
      [
        [op, 'x c', 'b'],
        ['Cast', 'b', 'y', toFloat],
      ],
      { constants: { c: weights([7], 8) } },
    ),
  ),
  opCase(
    'nothing is repeated, reduced and multiplied',
    [2, 3, 7],
    [
      ['Slice', 'x at at axis', 'e'],
      ['ReduceSum', 'x axis', 's'],
      ['Expand', 's none', 'n'],
      ['Concat', 'n e x', 'a', { axis: int(2) }],
      ['MatMul', 'e inner', 'm'],
      ['ReduceProd', 'e', 'p', { axes: ints([2]) }],
      ['ReduceMax', 'e', 'l', { axes: ints([2]) }],
      ['Sigmoid', 'l', 'z'],
      ['ReduceSum', 'e', 't'],
      ['Sum', 'a m p z t', 'y'],
    ],
    { constants: { at: vector(2), axis: vector(2), none: vector(2, 3, 0), inner: weights([0, 7]) } },
  ),
  opCase(
    'places of what is not zero',
    [2, 3, 7],
    [
      ['Greater', 'x c', 'b'],
      ['NonZero', 'b', 'n'],
      ['Cast', 'n', 'y', toFloat],
    ],
    { constants: { c: weights([7], 8) } },
  ),
  opCase(
    'logic of comparisons',
    [2, 7],
    [
      ['Greater', 'x zero', 'p'],
      ['Less', 'x c', 'q'],
      ['And', 'p q', 'both'],
      ['Or', 'p q', 'either'],
      ['Xor', 'both either', 'one'],
      ['Not', 'one', 'none'],
      ['Where', 'none x c', 'y'],
    ],
    { constants: { zero: scalar(0), c: weights([7], 3) } },
  ),
  opCase(
    'bool is reshaped, turned, cut, joined and repeated',
    [2, 3, 4],
    [
      ['Greater', 'x zero', 'p'],
      ['Transpose', 'p', 't', { perm: ints([2, 0, 1]) }],
      ['Reshape', 't to', 'r'],
      ['Slice', 'r from until', 's'],
      ['Concat', 's s', 'j', { axis: int(2) }],
      ['Expand', 'j wide', 'e'],
      ['Cast', 'e', 'y', toFloat],
    ],
    {
      constants: {
        zero: scalar(0),
        to: vector(4, 1, 6),
        from: vector(1),
        until: vector(3),
        wide: vector(2, 5, 12),
      },
    },
  ),
  opCase(
    'integer arithmetic on shapes',
    [2, 3, 8],
    [
      ['Shape', 'x', 's'],
      ['Slice', 's one three', 'part'],
      ['Mul', 'part two', 'm'],
      ['Sub', 'm one', 'd'],
      ['Div', 'd two', 'h'],
      ['Mod', 'd two', 'r'],
      ['Min', 'h r', 'least'],
      ['Max', 'least two', 'most'],
      ['Neg', 'most', 'n'],
      ['ReduceProd', 'n', 'p', { keepdims: int(0) }],
      ['Cast', 'p', 'f', toFloat],
      ['Mul', 'x f', 'y'],
    ],
    { constants: { one: vector(1), two: vector(2), three: vector(3) } },
  ),
  opCase(
    'ConstantOfShape, Range, Size, Where on integers',
    [2, 3],
    [
      ['Shape', 'x', 's'],
      ['ConstantOfShape', 's', 'ones', { value: { kind: 'tensor', value: weights([1], 2) } }],
      ['Size', 'x', 'n'],
      ['Range', 'zero n step', 'r'],
      ['Greater', 'r step', 'late'],
      ['Where', 'late r zero', 'w'],
      ['Reshape', 'w s', 'm'],
      ['Cast', 'm', 'f', toFloat],
      ['Add', 'ones f', 'y'],
    ],
    { constants: { zero: integer(0), step: integer(1) } },
  ),
  opCase(
    'ArgMax and OneHot',
    [3, 5],
    [
      ['ArgMax', 'x', 'i', { axis: int(1), keepdims: int(0) }],
      ['OneHot', 'i depth values', 'y', { axis: int(-1) }],
    ],
    {
      constants: { depth: integer(5), values: { dtype: 'float32', dims: [2], data: Float32Array.of(-1, 2) } },
    },
  ),
  opCase(
    'ArgMin, kept axis',
    [3, 5],
    [
      ['ArgMin', 'x', 'i', { axis: int(0) }],
      ['Cast', 'i', 'y', toFloat],
    ],
  ),
  opCase(
    'ScatterND, set and added',
    [4, 3],
    [
      ['ScatterND', 'x i u', 'a'],
      ['ScatterND', 'a i u', 'y', { reduction: text('add') }],
    ],
    {
      constants: {
        i: { dtype: 'int64', dims: [2, 1], data: BigInt64Array.of(2n, 0n) },
        u: weights([2, 3], 4),
      },
    },
  ),
  opCase('GatherND', [4, 3, 2], [['GatherND', 'x i', 'y']], {
    constants: { i: { dtype: 'int64', dims: [2, 2], data: BigInt64Array.of(2n, 0n, 3n, 2n) } },
  }),
  opCase('GatherElements', [4, 3], [['GatherElements', 'x i', 'y', { axis: int(1) }]], {
    constants: {
      i: { dtype: 'int64', dims: [4, 2], data: BigInt64Array.of(2n, 0n, 0n, 1n, -1n, 1n, 0n, 0n) },
    },
    fixedBatch: true,
  }),
  ...['reflect', 'edge', 'wrap'].map((mode) =>
    opCase(`Pad, ${mode}`, [2, 3, 6], [['Pad', 'x pads', 'y', { mode: text(mode) }]], {
      constants: { pads: vector(0, 0, 3, 0, 1, 2) },
      opset: 19,
    }),
  ),
  opCase(
    'EyeLike',
    [4, 3],
    [
      ['EyeLike', 'x', 'e', { k: int(1) }],
      ['Add', 'x e', 'y'],
    ],
  ),
  opCase(
    'float64 in between',
    [2, 3, 4],
    [
      ['Cast', 'x', 'd', { to: int(11) }],
      ['Mul', 'd d', 'q'],
      ['ReduceSum', 'q axes', 's', { keepdims: int(1) }],
      ['Sqrt', 's', 'r'],
      ['Div', 'd r', 'n'],
      ['Cast', 'n', 'y', toFloat],
    ],
    { constants: { axes: vector(2) } },
  ),
  opCase(
    'float64 through a matrix',
    [2, 3],
    [
      ['Cast', 'x', 'd', { to: int(11) }],
      ['MatMul', 'd w', 'm'],
      ['Cast', 'm', 'y', toFloat],
    ],
    { constants: { w: { dtype: 'float64', dims: [3, 2], data: Float64Array.of(1, 2, 3, 4, 5, 6) } } },
  ),
  opCase(
    'IsNaN and IsInf',
    [2, 4],
    [
      ['Div', 'x zero', 'inf'],
      ['Sub', 'inf inf', 'nan'],
      ['IsNaN', 'nan', 'a'],
      ['IsInf', 'inf', 'b', { detect_negative: int(0) }],
      ['Xor', 'a b', 'c'],
      ['Cast', 'c', 'y', toFloat],
    ],
    { constants: { zero: scalar(0) } },
  ),
  opCase(
    'a causal mask of minus infinity',
    [2, 3, 3],
    [
      ['Trilu', 'low k', 'mask'],
      ['Add', 'x mask', 'm'],
      ['Softmax', 'm', 'y', { axis: int(-1) }],
    ],
    {
      constants: {
        low: { dtype: 'float32', dims: [3, 3], data: new Float32Array(9).fill(Number.NEGATIVE_INFINITY) },
        k: integer(1),
      },
    },
  ),
  ...[0, 1].flatMap((reverse) =>
    [0, 1].map((exclusive) =>
      opCase(
        `CumSum of integers, reverse=${reverse} exclusive=${exclusive}`,
        [2, 3, 4],
        [
          ['Mul', 'x sixteen', 'm'],
          ['Cast', 'm', 'i', { to: int(7) }],
          ['CumSum', 'i one', 's', { reverse: int(reverse), exclusive: int(exclusive) }],
          ['Cast', 's', 'y', toFloat],
        ],
        { constants: { sixteen: scalar(16), one: integer(1) } },
      ),
    ),
  ),
  opCase(
    'ReduceLogSum and ReduceProd',
    [2, 3, 4],
    [
      ['ReduceLogSum', 'x', 'a', { axes: ints([2]) }],
      ['ReduceProd', 'x', 'b', { axes: ints([2]) }],
      ['Add', 'a b', 'y'],
    ],
    { inputs: 'positive' },
  ),
];
