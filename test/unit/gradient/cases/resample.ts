import { float32, type Tensor } from '../../../../src/graph/tensor.ts';
import { attribute, type OpCase, on, opCase, single, vector } from '../opCase.ts';

const { int, ints, text } = attribute;
const scales = (...values: number[]) => float32([values.length], values);
const none: Tensor = float32([0], []);

export const resampleCases: OpCase[] = [
  ...['half_pixel', 'asymmetric', 'align_corners', 'pytorch_half_pixel'].flatMap((mode) =>
    ['nearest', 'linear'].map((kind) =>
      single(
        'Resize',
        [2, 3, 6],
        { mode: text(kind), coordinate_transformation_mode: text(mode) },
        { constants: { roi: none, scales: scales(1, 1, 2.5) } },
      ),
    ),
  ),
  ...['floor', 'ceil', 'round_prefer_ceil'].map((nearest) =>
    single(
      'Resize',
      [2, 3, 6],
      { nearest_mode: text(nearest) },
      { constants: { roi: none, scales: scales(1, 1, 1.5) } },
    ),
  ),
  ...on([11, 18], (opset) =>
    opCase(
      'Resize to a size, down',
      [2, 3, 9],
      [['Resize', opset < 13 ? 'x roi roi sizes' : 'x - - sizes', 'y', { mode: text('linear') }]],
      { constants: { roi: none, sizes: vector(2, 3, 5) }, fixedBatch: true, opset },
    ),
  ),
  single(
    'Resize',
    [2, 3, 4, 5],
    { mode: text('linear') },
    { constants: { roi: none, scales: scales(1, 1, 2, 3) } },
  ),
  single(
    'Resize',
    [2, 3, 6],
    { mode: text('linear') },
    { constants: { scales: scales(1, 1, 2) }, opset: 10 },
  ),
  single(
    'Upsample',
    [2, 3, 6],
    { mode: text('nearest') },
    { constants: { scales: scales(1, 1, 2) }, opset: 9 },
  ),
  ...(['reflect', 'edge', 'wrap'] as const).flatMap((mode) =>
    on(mode === 'wrap' ? [19] : [11, 18], (opset) =>
      single(
        'Pad',
        [2, 3, 8],
        { mode: text(mode) },
        { constants: { pads: vector(0, 1, 3, 0, 2, 2) }, opset },
      ),
    ),
  ),
  single('Pad', [2, 3, 8], { mode: text('reflect'), pads: ints([0, 0, 2, 0, 0, 0]) }, { opset: 9 }),
  ...['DCR', 'CRD'].map((mode) =>
    single('DepthToSpace', [2, 8, 3, 2], { blocksize: int(2), mode: text(mode) }),
  ),
  single('SpaceToDepth', [2, 2, 4, 6], { blocksize: int(2) }),
  ...on([11, 18, 22], (opset) =>
    single(
      'LpPool',
      [2, 3, 9],
      { kernel_shape: ints([3]), strides: ints([2]), pads: ints([1, 0]) },
      { opset },
    ),
  ),
  single('LpPool', [2, 3, 9], { kernel_shape: ints([2]), p: int(3) }),
  single('LpPool', [2, 3, 9], { kernel_shape: ints([2]), p: int(1) }),
  ...[1, 2, 3].map((p) => single('GlobalLpPool', [2, 3, 9], { p: int(p) })),
];
