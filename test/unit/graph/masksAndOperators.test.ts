import assert from 'node:assert/strict';
import { float, int } from '../../../src/graph/attributes.ts';
import type { GraphBuilder } from '../../../src/graph/builder.ts';
import { hasGradient } from '../../../src/graph/gradient/registry.ts';
import { keepsZero } from '../../../src/graph/keepsZero.ts';
import { maskedGraph } from '../../../src/graph/masking/maskedGraph.ts';
import { NOT_AT_ZERO } from '../../../src/graph/masking/maskedNode.ts';
import { MASK_INPUT } from '../../../src/graph/masking/positionMask.ts';
import { elementwise } from '../../../src/graph/receptive/combine.ts';
import { trackTensors } from '../../../src/graph/receptive/trackTensors.ts';
import type { LoadedGraph, Runtime } from '../../../src/graph/runtime.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { float32, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { gradientOf } from '../gradient/finiteDifferences.ts';
import { opCase } from '../gradient/opCase.ts';
import { refusal } from '../refusal.ts';
import { graphOf } from './smallGraph.ts';

const half = float32([], [0.5]);
/** What else an operator needs to run on one float tensor. */
const MORE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Mod', 'PRelu'].map((op) => [op, 'x half'])),
};
/** Of which the first input is no float tensor alone, or all inputs together decide. */
const OTHERWISE = [
  'Where',
  'Expand',
  'CastLike',
  'Cast',
  'BatchNormalization',
  'LRN',
  'Max',
  'Min',
  'Mean',
  'Sum',
];
const ATTRIBUTES = { Mod: { fmod: int(1) } };

describe('Operators that read 0, as the mask leaves it on padding', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  /** f(0) and its slope there. */
  async function atZero(op: string, inputs = MORE[op] ?? 'x') {
    const attributes = op === 'Mod' ? ATTRIBUTES.Mod : {};
    const { graph } = opCase(op, [1, 2], [[op, inputs, 'y', attributes]], { opset: 24, constants: { half } });
    const x = float32([1, 2], [0, 0.25]);
    const shapes = await probeShapes(graph, runtime, { x });
    const seed = float32([1, 2], [1, 1]);
    const [slope] =
      hasGradient(op) && !(op === 'Mod' && inputs === 'half x')
        ? await gradientOf(runtime, graph, shapes, { x, seed })
        : [0];
    return { value: numbers(shapes.outputs.y!)[0]!, slope: slope!, keeps: keepsZero(graph.nodes[0]!) };
  }

  it('keep it exactly where the table says so', async () => {
    for (const op of Object.keys(elementwise).filter((op) => hasGradient(op) && !OTHERWISE.includes(op))) {
      const { value, keeps } = await atZero(op);
      // Which number stands beside x decides, or x is moved by it.
      const free = op === 'Clip' || (op in MORE && op !== 'PRelu');
      // Its slope is infinite: it reads 1 there.
      const risky = NOT_AT_ZERO[op]?.includes(0);
      assert.equal(keeps, value === 0 && !free && !risky, op);
    }
  });

  it('and whose answer or slope would be infinite read something else', async () => {
    for (const op of Object.keys(elementwise).filter((op) => hasGradient(op) && !OTHERWISE.includes(op))) {
      for (const [at, inputs] of op in MORE && op !== 'PRelu'
        ? (['x half', 'half x'] as const).entries()
        : ([MORE[op] ?? 'x'] as const).entries()) {
        if (op === 'Pow' && at === 1) continue; // The exponent is not differentiated, and x⁰ = 1.
        const { value, slope } = await atZero(op, inputs);
        const fine = Number.isFinite(value) && Number.isFinite(slope);
        assert.equal(NOT_AT_ZERO[op]?.includes(at) ?? false, !fine, `${op}, input ${at}: ${value}, ${slope}`);
      }
    }
  });
});

/** Takes the time axis of x [1, 2, T] away, or chooses or normalises along it. */
type Grow = (builder: GraphBuilder, x: string) => string;
const reduced =
  (op: string): Grow =>
  (b, x) =>
    b.add(op, [x, b.ints([2])]);
const along =
  (op: string): Grow =>
  (b, x) =>
    b.add(op, [x], { axis: int(2) });
const topK =
  (largest: number): Grow =>
  (b, x) =>
    b.addMany('TopK', [x, b.ints([1])], 2, { axis: int(2), largest: int(largest) })[0]!;
const REDUCTIONS = ['Sum', 'Mean', 'Max', 'Min', 'Prod', 'L1', 'L2', 'LogSum', 'LogSumExp', 'SumSquare'];
const GROWN: Readonly<Record<string, Grow>> = {
  ...Object.fromEntries(REDUCTIONS.map((name) => [`Reduce${name}`, reduced(`Reduce${name}`)])),
  ...Object.fromEntries(
    ['Average', 'Max', 'Lp'].map((name) => [
      `Global${name}Pool`,
      (b: GraphBuilder, x: string) => b.add(`Global${name}Pool`, [x]),
    ]),
  ),
  ArgMax: (b, x) => b.toFloat(along('ArgMax')(b, x)),
  ArgMin: (b, x) => b.toFloat(along('ArgMin')(b, x)),
  Hardmax: along('Hardmax'),
  LpNormalization: along('LpNormalization'),
  'TopK, largest': topK(1),
  'TopK, smallest': topK(0),
  CumSum: (b, x) => b.add('CumSum', [x, b.ints([2])]),
  'the smallest of shifted values': (b, x) =>
    b.reduce('ReduceMin', b.add('Add', [x, b.scalar(9)]), [2], false),
};
const REFUSED = ['Softmax', 'LogSoftmax', 'LayerNormalization', 'RMSNormalization'];

describe('Operators along time, masked, answer as for the series cut to its real steps', () => {
  const [steps, real] = [6, 4];
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  async function masked(grow: Grow, move: number, opset = 18) {
    const graph = graphOf(['N', 2, steps], (b) => grow(b, b.add('Add', ['x', b.scalar(move)])), opset);
    const shapes = await probeShapes(graph, runtime, {
      x: float32(
        [1, 2, steps],
        Array.from({ length: 12 }, (_, i) => i),
      ),
    });
    const { tracks } = trackTensors(graph, shapes, {
      name: 'x',
      roles: ['batch', 'feature', 'time'],
      steps,
      features: 2,
    });
    return maskedGraph(graph, tracks, { name: 'x', steps });
  }

  for (const [name, grow] of Object.entries(GROWN)) {
    it(name, async () => {
      // All above 0, and all below it but for the logarithm of their sum: 0 is never the value that is taken.
      for (const move of name === 'ReduceLogSum' ? [5] : [5, -5]) {
        const values = [1, -0.5, 2, 0.25, 3, 0.5, 0.75, 1.5];
        const whole = await runtime.load(await masked(grow, move));
        const padded = [...values.slice(0, real), 7, 7, ...values.slice(real), 7, 7];
        const found = await answer(whole, {
          x: float32([1, 2, steps], padded),
          [MASK_INPUT]: float32([1, steps], [1, 1, 1, 1, 0, 0]),
        });
        const cut = await runtime.load(
          graphOf(['N', 2, real], (b) => grow(b, b.add('Add', ['x', b.scalar(move)])), 18),
        );
        const expected = await answer(cut, { x: float32([1, 2, real], values) });
        const kept = found.dims[2] === steps ? found.values.filter((_, i) => i % steps < real) : found.values;
        assert.equal(kept.length, expected.values.length);
        for (const [i, value] of kept.entries())
          assert.ok(
            Math.abs(value - expected.values[i]!) < 1e-4 * Math.max(1, Math.abs(value)),
            `${kept} is not ${expected.values}`,
          );
      }
    });
  }

  for (const op of REFUSED) {
    it(`${op}, which mixes all steps, is refused`, async () => {
      const scaled = op.endsWith('Normalization');
      const grow: Grow = (b, x) =>
        b.add(op, scaled ? [x, b.constant(float32([6], [1, 1, 1, 1, 1, 1]))] : [x], {
          axis: int(2),
          ...(scaled ? { epsilon: float(1e-5) } : {}),
        });
      await assert.rejects(
        masked(grow, 0, op === 'RMSNormalization' ? 23 : 18),
        refusal('cannot-mask', new RegExp(op)),
      );
    });
  }
});

async function answer(session: LoadedGraph, feeds: Record<string, Tensor>) {
  const { y } = await session.run(feeds);
  await session.dispose();
  return { dims: y!.dims, values: numbers(y!) };
}
