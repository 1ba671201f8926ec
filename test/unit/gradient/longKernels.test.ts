import assert from 'node:assert/strict';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { attribute, inputOf, opCase, weights } from './opCase.ts';
import { parameterGradients } from './parameterCase.ts';

const { int, ints } = attribute;

/** A convolution along the last axis; the other one, if any, has a kernel of 1. */
interface Long {
  readonly dims: readonly number[];
  readonly kernel: readonly number[];
  readonly pads: readonly [number, number];
  readonly stride?: number;
  readonly dilation?: number;
  readonly group?: number;
}

const CASES: Readonly<Record<string, Long>> = {
  'feature by feature': { dims: [2, 1, 3, 700], kernel: [4, 1, 1, 151], pads: [75, 75] },
  'fewer filters than channels': { dims: [2, 9, 500], kernel: [8, 9, 80], pads: [39, 40] },
  'strides and dilations': {
    ...{ dims: [2, 10, 2000], kernel: [12, 10, 41], pads: [60, 3], stride: 3, dilation: 3 },
  },
  groups: { dims: [2, 4, 900], kernel: [4, 2, 90], pads: [45, 44], group: 2 },
};

/** Σ over instances and positions of gradient × what lies under the tap, in float64. */
function direct(
  { dims, kernel, pads: [before], stride = 1, dilation = 1, group = 1 }: Long,
  x: ArrayLike<number>,
  seed: { readonly dims: readonly number[]; readonly data: ArrayLike<number> },
): Float64Array {
  const [instances, channels] = dims as [number, number];
  const [outputs, inputs] = kernel as [number, number];
  const [steps, positions, taps] = [dims.at(-1)!, seed.dims.at(-1)!, kernel.at(-1)!];
  const rows = dims.length === 4 ? dims[2]! : 1;
  const sums = new Float64Array(outputs * inputs * taps);
  for (let n = 0; n < instances; n++)
    for (let o = 0; o < outputs; o++)
      for (let i = 0; i < inputs; i++)
        for (let row = 0; row < rows; row++) {
          const channel = Math.floor((o * group) / outputs) * inputs + i;
          const from = ((n * channels + channel) * rows + row) * steps;
          const under = ((n * outputs + o) * rows + row) * positions;
          for (let tap = 0; tap < taps; tap++)
            for (let p = 0; p < positions; p++) {
              const at = p * stride + tap * dilation - before;
              if (at >= 0 && at < steps)
                sums[(o * inputs + i) * taps + tap]! += seed.data[under + p]! * x[from + at]!;
            }
        }
  return sums;
}

describe('kernel gradients of many taps over long series', () => {
  for (const [title, one] of Object.entries(CASES)) {
    it(`taken part by part are the sums of their taps: ${title}`, async () => {
      const { dims, kernel, pads, stride = 1, dilation = 1, group = 1 } = one;
      const flat = dims.length === 3;
      const attributes = {
        pads: ints(flat ? [...pads] : [0, pads[0], 0, pads[1]]),
        strides: ints(flat ? [stride] : [1, stride]),
        dilations: ints(flat ? [dilation] : [1, dilation]),
        group: int(group),
      };
      const made = opCase(title, [...dims], [['Conv', 'x w', 'y', attributes]], {
        constants: { w: weights([...kernel], 1) },
      });
      const { graph, gradients, seed, found } = await parameterGradients(await openOnnxRuntimeNode(), made);
      const parts = graph.nodes.filter(({ op }) => op === 'MatMul').length;
      assert.ok(parts > 1, `${parts}`);
      const gradient = found[gradients[0]!]!;
      assert.deepEqual(gradient.dims, kernel);
      const expected = direct(one, inputOf(made).data as Float32Array, {
        dims: seed.dims,
        data: seed.data as Float32Array,
      });
      const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      (gradient.data as Float32Array).forEach((value, at) => {
        assert.ok(
          Math.abs(value - expected[at]!) < 1e-5 * largest,
          `tap ${at}: ${value}, not ${expected[at]}`,
        );
      });
    });
  }
});
