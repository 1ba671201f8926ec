import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { readNpz } from '../../../../src/data/numpy/readNpz.ts';
import { readOperators } from '../../../../src/formats/pt2/operators.ts';
import { readPt2 } from '../../../../src/formats/pt2/readPt2.ts';
import { GraphBuilder } from '../../../../src/graph/builder.ts';
import { appendGradient } from '../../../../src/graph/gradient/appendGradient.ts';
import type { Runtime } from '../../../../src/graph/runtime.ts';
import { probeShapes } from '../../../../src/graph/shapes.ts';
import { elementCount, float32, numbers, type Tensor } from '../../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';
import { relativeDifference } from '../../../fixtures/reference.ts';

const folder = join(import.meta.dirname, '../../../fixtures/pt2');
const entries = unzipSync(readFileSync(join(folder, 'operators.zip')));
const names = [...new Set(Object.keys(entries).map((path) => path.split('/')[0]!))];
/** No gradient is taken through these: the reference has NaN where it divides by 0, or it computes in float64. */
const FLAT = new Set(['isnan', 'nan_to_num', 'to_double']);

/** The archive as torch.export.save leaves it. */
function archive(name: string): Uint8Array {
  return zipSync(
    Object.fromEntries(Object.entries(entries).filter(([path]) => path.startsWith(`${name}/`))),
    { level: 0 },
  );
}

describe('ATen operators against PyTorch', () => {
  let runtime: Runtime;
  const arrays = readNpz(readFileSync(join(folder, 'operators.npz')), 'operators.npz');
  const array = (key: string): Tensor => {
    const found = arrays.get(key);
    assert.ok(found && found.dtype !== 'text', key);
    return found;
  };
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  for (const name of names) {
    it(name, async () => {
      const graph = readPt2(archive(name));
      const x = array('x');
      const expected = array(`${name}|y`);
      const [output] = graph.outputs;
      const session = await runtime.load(graph);
      const y = (await session.run({ x }))[output!.name]!;
      await session.dispose();
      assert.deepEqual(y.dims, expected.dims);
      const off = relativeDifference(numbers(y), numbers(expected));
      assert.ok(off < 1e-5, `the output is off by ${off}`);
      if (FLAT.has(name)) return;
      const shapes = await probeShapes(graph, runtime, { x });
      const builder = new GraphBuilder(graph);
      const count = elementCount(expected.dims);
      const seed = builder.constant(
        float32(
          expected.dims,
          Array.from({ length: count }, (_, i) => -1 + (2 * i) / (count - 1)),
        ),
      );
      const dx = numbers(array(`${name}|dx`));
      if (dx.every((value) => value === 0)) return;
      const gradient = appendGradient(builder, {
        shapes,
        from: { tensor: output!.name, gradient: seed },
        at: 'x',
      });
      const backward = await runtime.load(builder.build([{ name: gradient, dtype: 'float32', dims: [] }]));
      const found = (await backward.run({ x }))[gradient]!;
      await backward.dispose();
      const apart = relativeDifference(numbers(found), dx);
      assert.ok(apart < 1e-4, `the gradient is off by ${apart}`);
    });
  }

  it('are refused by name where a tensor is not given by its name', () => {
    const spoilt = zipSync(
      Object.fromEntries(
        Object.entries(unzipSync(archive('relu'))).map(([path, bytes]) => [
          path,
          path.endsWith('.json')
            ? Buffer.from(
                Buffer.from(bytes)
                  .toString()
                  .replace(
                    /"arg": {"as_tensor": {"name": "x"}}, "kind"/,
                    '"arg": {"as_tensor": {"name": {}}}, "kind"',
                  ),
              )
            : bytes,
        ]),
      ),
      { level: 0 },
    );
    assert.throws(() => readPt2(spoilt), /reads a tensor that is not given by its name/);
  });

  it('are refused by name where an argument stands that is not read', () => {
    const spoilt = zipSync(
      Object.fromEntries(
        Object.entries(unzipSync(archive('round_decimals'))).map(([path, bytes]) => [
          path,
          path.endsWith('.json')
            ? Buffer.from(Buffer.from(bytes).toString().replaceAll('"decimals"', '"places"'))
            : bytes,
        ]),
      ),
      { level: 0 },
    );
    assert.throws(() => readPt2(spoilt), /aten\.round\.decimals.*nothing here reads its argument "places"/);
  });

  it('are at least 120', () => {
    assert.ok(readOperators().length >= 120, `${readOperators().length}`);
  });
});
