import { attribute, type OpCase, on, single, vector } from '../opCase.ts';

const { int, ints } = attribute;
const ops = [
  'ReduceSum',
  'ReduceMean',
  'ReduceMax',
  'ReduceMin',
  'ReduceSumSquare',
  'ReduceL1',
  'ReduceL2',
  'ReduceLogSumExp',
];

export const reduceCases: OpCase[] = [
  ...ops.flatMap((op) => [
    ...on([9, 12], (opset) => single(op, [2, 3, 8], { axes: ints([2]), keepdims: int(0) }, { opset })),
    single(op, [2, 3, 8], { keepdims: int(1) }, { constants: { axes: vector(-1, 1) }, opset: 18 }),
    single(op, [2, 3, 8], {}, { opset: 13 }),
  ]),
  ...['ReduceProd', 'ReduceLogSum'].flatMap((op) => [
    single(op, [2, 3, 4], { axes: ints([2]), keepdims: int(0) }, { inputs: 'positive' }),
    single(
      op,
      [2, 3, 4],
      { keepdims: int(1) },
      { constants: { axes: vector(-1) }, opset: 18, inputs: 'positive' },
    ),
  ]),
  single('ReduceMean', [2, 3, 8], { axes: ints([-1, 1]), keepdims: int(0) }),
  single('ReduceSum', [2, 3, 8], { keepdims: int(0) }, { constants: { axes: vector(1) }, opset: 13 }),
  single('ReduceSum', [2, 3, 8], { noop_with_empty_axes: int(1) }),
];
