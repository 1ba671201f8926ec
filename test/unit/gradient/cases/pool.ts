import { attribute, type OpCase, on, single } from '../opCase.ts';

const { int, ints, text } = attribute;

export const poolCases: OpCase[] = [
  ...on([9, 11, 17, 22], (opset) =>
    single(
      'MaxPool',
      [2, 3, 9],
      { kernel_shape: ints([3]), pads: ints([1, 1]), strides: ints([1]) },
      { opset },
    ),
  ),
  ...on([9, 17], (opset) =>
    single(
      'MaxPool',
      [2, 3, 10],
      { kernel_shape: ints([3]), pads: ints([1, 1]), strides: ints([2]) },
      { opset },
    ),
  ),
  single('MaxPool', [2, 3, 9], { kernel_shape: ints([2]), strides: ints([2]) }),
  single('MaxPool', [2, 3, 9], { kernel_shape: ints([2]), strides: ints([3]) }),
  single('MaxPool', [2, 3, 10], { kernel_shape: ints([3]), strides: ints([2]), ceil_mode: int(1) }),
  single('MaxPool', [2, 3, 11], { kernel_shape: ints([3]), dilations: ints([2]) }),
  single('MaxPool', [2, 3, 10], {
    kernel_shape: ints([4]),
    strides: ints([3]),
    auto_pad: text('SAME_UPPER'),
  }),
  single('MaxPool', [2, 3, 10], { kernel_shape: ints([4]), auto_pad: text('SAME_LOWER') }),
  single('MaxPool', [2, 2, 6, 5], { kernel_shape: ints([2, 2]), strides: ints([2, 2]) }),
  single('MaxPool', [2, 2, 6, 5], {
    kernel_shape: ints([3, 2]),
    strides: ints([2, 1]),
    pads: ints([1, 0, 1, 1]),
  }),
  // The first and last two places of the one window never lie on the input.
  single('MaxPool', [2, 3, 3], { kernel_shape: ints([5]), pads: ints([2, 2]), strides: ints([3]) }),
  single('MaxPool', [2, 3, 9], { kernel_shape: ints([9]) }),
  single('MaxPool', [2, 3, 4, 3], { kernel_shape: ints([4, 3]) }),
  ...on([9, 17, 22], (opset) =>
    single('AveragePool', [2, 3, 9], { kernel_shape: ints([3]), pads: ints([1, 1]) }, { opset }),
  ),
  single('AveragePool', [2, 3, 9], {
    kernel_shape: ints([3]),
    pads: ints([1, 1]),
    strides: ints([2]),
    count_include_pad: int(1),
  }),
  single('AveragePool', [2, 3, 10], { kernel_shape: ints([4]), pads: ints([1, 2]), strides: ints([3]) }),
  single('AveragePool', [2, 3, 10], { kernel_shape: ints([2]), strides: ints([3]) }),
  ...on([17, 22], (opset) =>
    single(
      'AveragePool',
      [2, 3, 10],
      { kernel_shape: ints([3]), strides: ints([2]), ceil_mode: int(1) },
      { opset },
    ),
  ),
  single(
    'AveragePool',
    [2, 3, 11],
    { kernel_shape: ints([3]), dilations: ints([2]), pads: ints([1, 2]) },
    { opset: 19 },
  ),
  single('AveragePool', [2, 3, 10], { kernel_shape: ints([4]), auto_pad: text('SAME_LOWER') }),
  single('AveragePool', [2, 2, 6, 5], {
    kernel_shape: ints([3, 2]),
    strides: ints([2, 2]),
    pads: ints([1, 0, 1, 0]),
  }),
  ...['GlobalAveragePool', 'GlobalMaxPool'].flatMap((op) => [
    single(op, [2, 3, 8], {}, { opset: 9 }),
    single(op, [2, 3, 4, 2]),
  ]),
];
