import { attribute, type OpCase, on, opCase, scalar, single, weights } from '../opCase.ts';

const { float, int, text } = attribute;
const dims = [2, 3, 8];

export const activationCases: OpCase[] = [
  ...[
    'Relu',
    'LeakyRelu',
    'Elu',
    'Selu',
    'Sigmoid',
    'Tanh',
    'Softplus',
    'Softsign',
    'HardSigmoid',
    'Exp',
    'Abs',
  ].map((op) => single(op, dims, {}, { opset: 9 })),
  ...['Erf', 'Sin', 'Cos', 'Sinh', 'Cosh', 'Atan', 'Asinh', 'Identity', 'Celu', 'ThresholdedRelu'].map((op) =>
    single(op, dims),
  ),
  ...['Log', 'Sqrt', 'Reciprocal'].map((op) => single(op, dims, {}, { inputs: 'positive' })),
  // Inside their domains: the grid times 1/4 lies within ±3/16, and from 1 on.
  ...['Tan', 'Asin', 'Acos', 'Atanh'].map((op) =>
    opCase(
      op,
      dims,
      [
        ['Mul', 'x quarter', 'q'],
        [op, 'q', 'y'],
      ],
      { constants: { quarter: scalar(0.25) } },
    ),
  ),
  opCase(
    'Acosh',
    dims,
    [
      ['Add', 'x one', 'p'],
      ['Acosh', 'p', 'y'],
    ],
    { constants: { one: scalar(1) }, inputs: 'positive' },
  ),
  single('Shrink', dims, { lambd: float(0.25), bias: float(0.25) }),
  single('LeakyRelu', dims, { alpha: float(0.3) }),
  single('Elu', dims, { alpha: float(0.5) }),
  single('Selu', dims, { alpha: float(1.5), gamma: float(0.75) }),
  single('Celu', dims, { alpha: float(2) }),
  single('ThresholdedRelu', dims, { alpha: float(0.5) }),
  single('HardSigmoid', dims, { alpha: float(0.5), beta: float(0.25) }),
  single('HardSwish', [2, 3, 24], {}),
  single('Mish', dims, {}, { opset: 18 }),
  single('Swish', dims, {}, { opset: 24 }),
  single('Swish', dims, { alpha: float(1.5) }, { opset: 24 }),
  single('Gelu', dims, {}, { opset: 20 }),
  single('Gelu', dims, { approximate: text('tanh') }, { opset: 20 }),
  opCase(
    'Gelu written out',
    dims,
    [
      ['Div', 'x root', 'a'],
      ['Erf', 'a', 'e'],
      ['Add', 'e one', 'f'],
      ['Mul', 'x f', 'g'],
      ['Mul', 'g half', 'y'],
    ],
    {
      constants: { root: scalar(Math.SQRT2), one: scalar(1), half: scalar(0.5) },
    },
  ),
  opCase('SiLU written out', dims, [
    ['Sigmoid', 'x', 's'],
    ['Mul', 'x s', 'y'],
  ]),
  single('PRelu', dims, {}, { constants: { slope: weights([3, 1]) } }),
  single('PRelu', dims, {}, { constants: { slope: weights([1]) }, opset: 9 }),
  single('Clip', dims, {}, { constants: { low: scalar(-0.5), high: scalar(0.75) } }),
  single('Clip', dims, { min: float(-0.5), max: float(0.75) }, { opset: 9 }),
  opCase('Clip above only', dims, [['Clip', 'x - high', 'y']], { constants: { high: scalar(0.25) } }),
  ...on([9, 12, 13, 17], (opset) => single('Softmax', dims, { axis: int(1) }, { opset })),
  ...on([9, 13], (opset) => single('Softmax', dims, {}, { opset })),
  ...on([11, 13], (opset) => single('Softmax', dims, { axis: int(-1) }, { opset })),
  ...on([9, 13], (opset) => single('LogSoftmax', dims, { axis: int(1) }, { opset })),
];
