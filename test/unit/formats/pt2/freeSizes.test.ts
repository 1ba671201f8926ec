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
import { relativeDifference } from '../../../fixtures/reference.ts';

const folder = join(import.meta.dirname, '../../../fixtures/pt2/free_sizes');

describe('slices that end at sizes computed from a free number of steps', () => {
  const archive = readNpz(readFileSync(join(folder, 'numbers.npz')), 'numbers.npz');
  const of = (key: string) => archive.get(key) as Tensor;

  for (const dialect of ['aten', 'core']) {
    it(`${dialect}: output and gradient at three lengths are PyTorch's`, async () => {
      const runtime = await openOnnxRuntimeNode();
      const { graph } = await loadModel(join(folder, `${dialect}.pt2`));
      const output = graph.outputs[0]!.name;
      for (const steps of [9, 16, 31]) {
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
    });
  }
});
