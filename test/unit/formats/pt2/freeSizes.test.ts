import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpz } from '../../../../src/data/numpy/readNpz.ts';
import { loadModel } from '../../../../src/formats/loadModel.ts';
import { GraphBuilder } from '../../../../src/graph/builder.ts';
import { appendGradient } from '../../../../src/graph/gradient/appendGradient.ts';
import { probeShapes } from '../../../../src/graph/shapes.ts';
import { float32, numbers, type Tensor } from '../../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../../../src/runtime/onnxRuntimeWeb.ts';
import { relativeDifference } from '../../../fixtures/reference.ts';

const folder = join(import.meta.dirname, '../../../fixtures/pt2/free_sizes');

interface Program {
  readonly numbers: string;
  readonly file: (dialect: string) => string;
  readonly lengths: readonly number[];
}

/** make.py, make_counted.py */
const PROGRAMS: Readonly<Record<string, Program>> = {
  'slices that end at sizes': {
    numbers: 'numbers.npz',
    file: (dialect) => `${dialect}.pt2`,
    lengths: [9, 16, 31],
  },
  'divisors, places, windows and pools': {
    numbers: 'counted.npz',
    file: (dialect) => `counted_${dialect}.pt2`,
    lengths: [13, 16, 31],
  },
};

describe('what is computed from a free number of steps', function () {
  this.timeout(20_000);

  for (const [what, program] of Object.entries(PROGRAMS)) {
    const archive = readNpz(readFileSync(join(folder, program.numbers)), program.numbers);
    const of = (key: string) => archive.get(key) as Tensor;
    for (const dialect of ['aten', 'core']) {
      it(`${what}, ${dialect}: output and gradient at three lengths are PyTorch's on both runtimes`, async () => {
        const { graph } = await loadModel(join(folder, program.file(dialect)));
        const output = graph.outputs[0]!.name;
        for (const runtime of [await openOnnxRuntimeNode(), await openOnnxRuntimeWeb()]) {
          for (const steps of program.lengths) {
            const x = of(`${steps}|x`);
            const shapes = await probeShapes(graph, runtime, { x });
            const builder = new GraphBuilder(graph);
            const seed = builder.constant(float32([2, 2], [0, 1, 0, 1]));
            const from = { tensor: output, gradient: seed };
            const gradient = appendGradient(builder, { shapes, from, at: 'x' });
            const session = await runtime.load(
              builder.build([...graph.outputs, { name: gradient, dtype: 'float32', dims: [] }]),
            );
            const found = await session.run({ x });
            await session.dispose();
            assert.ok(relativeDifference(numbers(found[output]!), numbers(of(`${steps}|y`))) < 1e-5);
            assert.ok(relativeDifference(numbers(found[gradient]!), numbers(of(`${steps}|dx`))) < 1e-5);
          }
        }
      });
    }
  }
});
