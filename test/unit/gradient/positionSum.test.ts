import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ints } from '../../../src/graph/attributes.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { ReversePass } from '../../../src/graph/gradient/backward.ts';
import { PositionSum, sumOverPositions } from '../../../src/graph/gradient/positionSum.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { elementCount, float32, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import {
  attribute,
  type OpCase,
  opCase,
  positive,
  randomNumbers,
  scalar,
  single,
  vector,
  weights,
} from './opCase.ts';

const { int, text } = attribute;

/** One axis of a convolution that leaves at least one position. */
const axis = fc
  .record({
    kernel: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    begin: fc.integer({ min: 0, max: 6 }),
    end: fc.integer({ min: 0, max: 6 }),
    size: fc.integer({ min: 1, max: 14 }),
  })
  .filter(({ kernel, dilation, begin, end, size }) => size + begin + end >= (kernel - 1) * dilation + 1);

const convolution = fc.record({
  axes: fc.array(axis, { minLength: 1, maxLength: 2 }),
  groups: fc.integer({ min: 1, max: 3 }),
  inputsPerGroup: fc.integer({ min: 1, max: 3 }),
  outputsPerGroup: fc.integer({ min: 1, max: 3 }),
});

describe('sum of the gradient over positions', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  for (const masked of [false, true]) {
    it(`of a convolution in closed form equals the sum of the full gradient${masked ? ', weighted' : ''}`, async function () {
      this.timeout(60_000);
      await fc.assert(
        fc.asyncProperty(convolution, async ({ axes, groups, inputsPerGroup, outputsPerGroup }) => {
          const channels = groups * inputsPerGroup;
          const kernel = weights([
            groups * outputsPerGroup,
            inputsPerGroup,
            ...axes.map(({ kernel }) => kernel),
          ]);
          const one = single(
            'Conv',
            [2, channels, ...axes.map(({ size }) => size)],
            {
              strides: ints(axes.map(({ stride }) => stride)),
              dilations: ints(axes.map(({ dilation }) => dilation)),
              pads: ints([...axes.map(({ begin }) => begin), ...axes.map(({ end }) => end)]),
              group: int(groups),
            },
            { constants: { kernel } },
          );
          await assertSameSum(runtime, one.graph, one.dims, masked ? axes.length - 1 : undefined);
        }),
        { numRuns: 60 },
      );
    });
  }

  const chains: OpCase[] = [
    single(
      'Conv',
      [2, 3, 15],
      { auto_pad: text('SAME_UPPER'), strides: ints([2]) },
      { constants: { w: weights([4, 3, 4]) } },
    ),
    single(
      'Conv',
      [2, 3, 15],
      { auto_pad: text('SAME_LOWER'), strides: ints([3]) },
      { constants: { w: weights([4, 3, 4]) } },
    ),
    // Too large for the closed form: summed in full.
    single('Conv', [1, 1, 1100], { pads: ints([500, 499]) }, { constants: { w: weights([1, 1, 1000]) } }),
    single('GlobalMaxPool', [2, 3, 6]),
    single('GlobalAveragePool', [2, 3, 6]),
    single('GlobalAveragePool', [2, 3, 4, 6]),
    single('ReduceMean', [2, 3, 6], { axes: ints([-1]), keepdims: int(0) }),
    single('ReduceMean', [2, 3, 4, 6], { axes: ints([2, 3]) }),
    single('ReduceMean', [2, 3, 4, 6], { axes: ints([3]), keepdims: int(0) }),
    opCase(
      'a residual block',
      [2, 4, 9],
      [
        ['Conv', 'x w', 'a', { pads: ints([1, 1]) }],
        ['BatchNormalization', 'x scale shift mean variance', 'b'],
        ['Add', 'a b', 'c'],
        ['Relu', 'c', 'y'],
      ],
      {
        constants: {
          w: weights([4, 4, 3]),
          scale: weights([4], 1),
          shift: weights([4], 2),
          mean: weights([4], 3),
          variance: positive([4], 4),
        },
      },
    ),
    opCase(
      'an inception module',
      [2, 3, 9],
      [
        ['Conv', 'x w', 'a', { pads: ints([1, 1]) }],
        ['MaxPool', 'x', 'm', { kernel_shape: ints([3]), pads: ints([1, 1]) }],
        ['Conv', 'm v', 'b'],
        ['Identity', 'x', 'i'],
        ['Concat', 'a b i', 'c', { axis: int(1) }],
        ['Relu', 'c', 'y'],
      ],
      { constants: { w: weights([2, 3, 3]), v: weights([2, 3, 1], 2) } },
    ),
    opCase('an Add that repeats x', [2, 3, 1], [['Add', 'x c', 'y']], { constants: { c: weights([3, 6]) } }),
    opCase('x added to itself', [2, 3, 6], [['Add', 'x x', 'y']]),
    opCase('a Concat along time', [2, 3, 6], [['Concat', 'x x', 'y', { axis: int(2) }]]),
    opCase(
      'squeezed and scaled',
      [2, 3, 6],
      [
        ['Slice', 'x from to axes', 's'],
        ['Mul', 's k', 'y'],
      ],
      {
        constants: { from: vector(1), to: vector(4), axes: vector(2), k: scalar(2) },
      },
    ),
  ];
  for (const one of chains) {
    for (const masked of [false, true]) {
      it(`${one.title}${masked ? ', weighted' : ''}`, async () => {
        await assertSameSum(runtime, one.graph, one.dims, masked ? one.dims.length - 3 : undefined);
      });
    }
  }
});

/** @param weighted spatial axis along which positions are weighted */
async function assertSameSum(
  runtime: Runtime,
  graph: Graph,
  dims: readonly number[],
  weighted?: number,
): Promise<void> {
  const x = noise(dims, 3);
  const shapes = await probeShapes(graph, runtime, { x });
  const builder = new GraphBuilder(graph);
  const seedDims = shapes.dims('y')!;
  const seed = builder.input({ name: 'seed', dtype: 'float32', dims: seedDims.map(() => null) });
  const along = weighted === undefined ? undefined : dims[weighted + 2]!;
  const weightsOf =
    weighted === undefined
      ? 'all'
      : { name: builder.input({ name: 'weight', dtype: 'float32', dims: [null, along!] }), axis: weighted };
  const pass = new ReversePass(builder, { shapes, from: { tensor: 'y', gradient: seed }, at: 'x' });
  const closed = new PositionSum(pass, weightsOf).of('x');
  const full = sumOverPositions(builder, pass.gradient('x')!, dims.length, weightsOf);
  const session = await runtime.load(
    builder.build([closed, full].map((name) => ({ name, dtype: 'float32', dims: [] }))),
  );
  const feeds = {
    x,
    seed: noise(seedDims, 4),
    ...(along === undefined ? {} : { weight: mask(dims[0]!, along) }),
  };
  const results = await session.run(feeds);
  await session.dispose();
  const [found, wanted] = [numbers(results[closed]!), numbers(results[full]!)];
  assert.deepEqual(results[closed]!.dims, [dims[0], dims[1]]);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  const worst = Math.max(...wanted.map((value, i) => Math.abs(value - found[i]!)));
  assert.ok(worst < 1e-5 * scale, `off by ${worst}`);
}

function noise(dims: readonly number[], seed: number): Tensor {
  const random = randomNumbers(seed);
  return float32(
    dims,
    Array.from({ length: elementCount(dims) }, () => random() * 2 - 1),
  );
}

/** [N, P] of zeros and ones, different for each instance. */
function mask(instances: number, positions: number): Tensor {
  const random = randomNumbers(9);
  return float32(
    [instances, positions],
    Array.from({ length: instances * positions }, () => (random() < 0.6 ? 1 : 0)),
  );
}
