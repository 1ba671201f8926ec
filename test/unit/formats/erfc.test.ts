import assert from 'node:assert/strict';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { float32, numbers } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { opCase } from '../gradient/opCase.ts';

describe('Erfc, as tf2onnx writes it', () => {
  it('is 1 − erf, however often it occurs', async () => {
    const { graph } = opCase(
      '',
      [2, 3],
      [
        ['Erfc', 'x', 'e'],
        ['Erfc', 'e', 'y'],
      ],
    );
    const read = readOnnx(writeOnnx(graph));
    assert.ok(!read.nodes.some(({ op }) => op === 'Erfc'));
    const runtime = await openOnnxRuntimeNode();
    const session = await runtime.load({
      ...read,
      outputs: ['e', 'y'].map((name) => ({ name, dtype: null, dims: [] })),
    });
    const found = await session.run({ x: float32([2, 3], [0, 0.5, 1, -0.5, -1, 2]) });
    await session.dispose();
    // Abramowitz and Stegun, table 7.1.
    const table = [1, 0.4795001222, 0.1572992071, 1.5204998778, 1.8427007929, 0.0046777349];
    for (const [i, value] of numbers(found.e!).entries()) assert.ok(Math.abs(value - table[i]!) < 1e-6);
    assert.ok(Math.abs(numbers(found.y!)[0]! - table[2]!) < 1e-6);
  });

  it('leaves other graphs as they are', () => {
    const { graph } = opCase('', [2, 3], [['Erf', 'x', 'y']]);
    assert.deepEqual(
      readOnnx(writeOnnx(graph)).nodes.map(({ op }) => op),
      ['Erf'],
    );
  });
});
