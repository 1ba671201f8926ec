import { attribute, type OpCase, opCase, single, weights } from '../opCase.ts';

const { int, ints, text } = attribute;

export const convCases: OpCase[] = [
  ...[1, 2, 3].flatMap((stride) =>
    [1, 2].map((dilation) =>
      single(
        'Conv',
        [2, 3, 17],
        { kernel_shape: ints([4]), strides: ints([stride]), dilations: ints([dilation]), pads: ints([2, 1]) },
        { constants: { w: weights([5, 3, 4]), b: weights([5]) } },
      ),
    ),
  ),
  ...['SAME_UPPER', 'SAME_LOWER', 'VALID'].flatMap((auto) =>
    [1, 2].map((stride) =>
      single(
        'Conv',
        [2, 3, 16],
        { kernel_shape: ints([4]), strides: ints([stride]), auto_pad: text(auto) },
        { constants: { w: weights([5, 3, 4]) } },
      ),
    ),
  ),
  single('Conv', [2, 3, 16], {}, { constants: { w: weights([5, 3, 3]) }, opset: 9 }),
  single(
    'Conv',
    [2, 3, 16],
    { pads: ints([4, 0]), dilations: ints([2]) },
    { constants: { w: weights([5, 3, 3]) }, opset: 22 },
  ),
  single('Conv', [2, 3, 9], { pads: ints([5, 6]) }, { constants: { w: weights([5, 3, 3]) } }),
  single('Conv', [2, 4, 16], { group: int(4), pads: ints([2, 2]) }, { constants: { w: weights([4, 1, 5]) } }),
  single('Conv', [2, 4, 16], { group: int(2), pads: ints([1, 1]) }, { constants: { w: weights([6, 2, 3]) } }),
  single(
    'Conv',
    [2, 4, 16],
    { group: int(2), pads: ints([2, 2]), strides: ints([2]), dilations: ints([2]) },
    { constants: { w: weights([6, 2, 3]) } },
  ),
  single(
    'Conv',
    [2, 2, 11, 4],
    { strides: ints([2, 1]), pads: ints([1, 0, 2, 0]) },
    { constants: { w: weights([3, 2, 4, 1]) } },
  ),
  single(
    'Conv',
    [2, 2, 7, 6],
    { dilations: ints([2, 1]), pads: ints([2, 1, 2, 2]) },
    { constants: { w: weights([3, 2, 3, 4]) } },
  ),
  // Eight channels and more: whole steps are gathered for the kernel's gradient, per instance and over all.
  ...[2, 20].map((outputs) =>
    single(
      'Conv',
      [2, 8, 21],
      { pads: ints([3, 1]), strides: ints([2]), dilations: ints([2]) },
      { constants: { w: weights([outputs, 8, 3]) } },
    ),
  ),
  // Fewer channels go out than come in: the steps of the output's gradient are gathered, over all and per instance.
  ...[15, 40].map((steps) =>
    single(
      'Conv',
      [2, 11, steps],
      { pads: ints([3, 1]), dilations: ints([2]) },
      { constants: { w: weights([8, 11, 3]) } },
    ),
  ),
  single(
    'ConvTranspose',
    [2, 8, 15],
    { pads: ints([1, 3]), dilations: ints([2]) },
    { constants: { w: weights([8, 11, 3]) } },
  ),
  // More than eight channels: the kernel that is computed is flipped while the model runs.
  opCase(
    'Conv, wide kernel computed while the model runs',
    [2, 10, 5, 6],
    [
      ['Mul', 'v w', 'u'],
      ['Conv', 'x u', 'y', { pads: ints([1, 0, 1, 1]) }],
    ],
    { constants: { v: weights([3, 1, 1, 1]), w: weights([3, 10, 3, 2], 2) } },
  ),
  opCase(
    'Conv, wide kernel of groups computed while the model runs',
    [2, 12, 7],
    [
      ['Mul', 'v w', 'u'],
      ['Conv', 'x u', 'y', { group: int(2), pads: ints([2, 1]) }],
    ],
    { constants: { v: weights([4, 1, 1]), w: weights([4, 6, 3], 2) } },
  ),
  opCase(
    'Conv, kernel computed while the model runs',
    [2, 3, 12],
    [
      ['Mul', 'v w', 'u'],
      ['Conv', 'x u', 'y', { pads: ints([1, 1]) }],
    ],
    { constants: { v: weights([5, 1, 1]), w: weights([5, 3, 3], 2) } },
  ),
  single(
    'ConvTranspose',
    [2, 4, 9],
    { strides: ints([2]), pads: ints([1, 2]) },
    { constants: { w: weights([4, 3, 4]) } },
  ),
  single(
    'ConvTranspose',
    [2, 4, 9],
    { strides: ints([3]), dilations: ints([2]), output_padding: ints([1]) },
    { constants: { w: weights([4, 3, 3]) } },
  ),
  single(
    'ConvTranspose',
    [2, 4, 9],
    { group: int(2), strides: ints([2]) },
    { constants: { w: weights([4, 3, 3]) }, opset: 11 },
  ),
  single(
    'ConvTranspose',
    [2, 4, 9],
    { auto_pad: text('SAME_UPPER'), strides: ints([2]) },
    { constants: { w: weights([4, 3, 5]) } },
  ),
  single(
    'ConvTranspose',
    [2, 4, 9],
    { auto_pad: text('SAME_LOWER'), strides: ints([2]) },
    { constants: { w: weights([4, 3, 5]) } },
  ),
  single(
    'ConvTranspose',
    [2, 2, 4, 5],
    { strides: ints([2, 1]), pads: ints([0, 1, 1, 0]) },
    { constants: { w: weights([2, 3, 3, 2]) } },
  ),
];
