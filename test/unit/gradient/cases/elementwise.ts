import { attribute, type OpCase, on, opCase, positive, scalar, single, weights } from '../opCase.ts';

const { int } = attribute;
const dims = [2, 3, 7];

export const elementwiseCases: OpCase[] = [
  ...['Add', 'Sub', 'Mul', 'Div'].flatMap((op) => [
    single(op, dims, {}, { constants: { c: positive([3, 1]) }, opset: 9 }),
    opCase(`${op} of a constant and x repeated`, [3, 1], [[op, 'c x', 'y']], {
      constants: { c: weights([2, 3, 7]) },
      fixedBatch: true,
      inputs: 'positive',
    }),
    opCase(
      `${op} of x and its square`,
      [2, 3],
      [
        ['Mul', 'x x', 'q'],
        ['Add', 'q one', 'p'],
        [op, 'x p', 'y'],
      ],
      { constants: { one: scalar(1) } },
    ),
  ]),
  opCase(
    'Sum and Mean of three',
    dims,
    [
      ['Mul', 'x c', 'a'],
      ['Sum', 'x a c', 'b'],
      ['Mean', 'b x c', 'y'],
    ],
    { constants: { c: weights([7]) } },
  ),
  ...on([9, 12, 17], (opset) =>
    opCase(
      'Max and Min',
      dims,
      [
        ['Max', 'x c', 'm'],
        ['Min', 'd m', 'y'],
      ],
      { constants: { c: weights([7], 8), d: weights([3, 7], 9) }, opset },
    ),
  ),
  opCase(
    'Max of three, one read twice',
    dims,
    [
      ['Mul', 'x k', 'a'],
      ['Max', 'x a x c', 'y'],
    ],
    { constants: { k: scalar(-1), c: weights([7]) } },
  ),
  single('Pow', dims, {}, { constants: { p: scalar(3) } }),
  single('Pow', dims, {}, { constants: { p: scalar(0.5) }, inputs: 'positive' }),
  single('Pow', dims, {}, { constants: { p: { dtype: 'int64', dims: [], data: BigInt64Array.of(2n) } } }),
  single('Mod', dims, { fmod: int(1) }, { constants: { d: scalar(0.5) } }),
  single('Neg', dims),
  opCase(
    'Where',
    dims,
    [
      ['Greater', 'x c', 'm'],
      ['Mul', 'x c', 'a'],
      ['Where', 'm a x', 'y'],
    ],
    { constants: { c: weights([7], 8) }, opset: 9 },
  ),
  opCase(
    'Where, repeated sides',
    [3, 1],
    [
      ['Greater', 'c d', 'm'],
      ['Exp', 'x', 'a'],
      ['Where', 'm a x', 'y'],
    ],
    { constants: { c: weights([3, 7], 8), d: scalar(0) }, fixedBatch: true },
  ),
  opCase(
    'a step function beside a smooth path',
    dims,
    [
      ['Mul', 'x c', 'm'],
      ['Floor', 'm', 'f'],
      ['Mul', 'x f', 'y'],
    ],
    { constants: { c: scalar(16) } },
  ),
  opCase('Cast to float', dims, [['Cast', 'x', 'y', { to: int(1) }]]),
];
