import assert from 'node:assert/strict';
import { int } from '../../../src/graph/attributes.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { LoadedGraph, Runtime } from '../../../src/graph/runtime.ts';
import { type DataType, float32, type Tensor, tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { pickRuntime } from '../../../src/runtime/pick.ts';
import { runInBatches } from '../../../src/runtime/runInBatches.ts';
import { TFJS_NODE_VARIABLE } from '../../../src/runtime/tfjs/findTfjsNode.ts';
import { scratchFolder } from '../../workbench/folders.ts';
import { emptyGraph, graphOf } from '../graph/smallGraph.ts';
import { refusal } from '../refusal.ts';
import { ALL_RUNTIMES } from './allRuntimes.ts';

for (const { id, open } of ALL_RUNTIMES) {
  describe(id, () => {
    let runtime: Runtime;
    before(async function () {
      runtime = await open(this);
    });

    it('says who it is', async () => {
      assert.equal(runtime.id, id);
      assert.match(runtime.version, /^\d+\.\d+\.\d+/);
    });

    it('takes and gives every element type', async () => {
      const samples: Record<DataType, Tensor> = {
        float32: float32([2], [1.5, -2]),
        float64: tensor('float64', [2], Float64Array.of(0.1, -2)),
        int64: tensor('int64', [2], BigInt64Array.of(2n ** 60n, -1n)),
        int32: tensor('int32', [2], Int32Array.of(5, -1)),
        int16: tensor('int16', [2], Int16Array.of(5, -1)),
        int8: tensor('int8', [2], Int8Array.of(5, -1)),
        uint8: tensor('uint8', [2], Uint8Array.of(5, 255)),
        uint16: tensor('uint16', [2], Uint16Array.of(5, 65535)),
        uint32: tensor('uint32', [2], Uint32Array.of(5, 4e9)),
        uint64: tensor('uint64', [2], BigUint64Array.of(5n, 2n ** 63n)),
        bool: tensor('bool', [2], Uint8Array.of(0, 1)),
      };
      for (const [dtype, sample] of Object.entries(samples)) {
        const graph: Graph = {
          ...graphOf(['N'], (b) => b.add('Identity', ['x'])),
          inputs: [{ name: 'x', dtype: dtype as DataType, dims: ['N'] }],
          outputs: [{ name: 'y', dtype: null, dims: [] }],
        };
        const session = await runtime.load(graph);
        const { y } = await session.run({ x: sample });
        assert.equal(y!.dtype, dtype);
        assert.deepEqual([...y!.data], [...sample.data]);
        await session.dispose();
      }
    });

    it('says of an operator that it lacks for float64 what to do', async function () {
      if (!id.startsWith('onnxruntime')) this.skip();
      const graph = graphOf(['N', 1, 9], (b) =>
        b.add('Conv', ['x', b.constant(tensor('float64', [1, 1, 3], Float64Array.of(1, 2, 3)))]),
      );
      const inputs = [{ ...graph.inputs[0]!, dtype: 'float64' as const }];
      await assert.rejects(
        runtime.load({ ...graph, inputs, outputs: [{ name: 'y', dtype: null, dims: [] }] }),
        refusal(
          'model-refused',
          /computes in float64, for which there is no Conv .*export it with float32 weights\.$/,
        ),
      );
    });

    it('gives only the outputs asked for', async () => {
      const builder = new GraphBuilder(emptyGraph(['N']));
      const outputs = ['a', 'b'].map((name) => {
        builder.rename(builder.add('Neg', ['x']), name);
        return { name, dtype: null, dims: [] };
      });
      const session = await runtime.load(builder.build(outputs));
      const x = float32([1], [2]);
      assert.deepEqual(Object.keys(await session.run({ x })), ['a', 'b']);
      assert.deepEqual(Object.keys(await session.run({ x }, ['b'])), ['b']);
    });

    it('refuses in one sentence what it cannot run', async () => {
      const unknown = graphOf(['N'], (b) => b.add('NoSuchOperator', ['x']));
      await assert.rejects(
        runtime.load(unknown),
        refusal('model-refused', new RegExp(`^${id} .*NoSuchOperator`)),
      );
      const future = { ...graphOf(['N'], (b) => b.add('Neg', ['x'])), opset: 999 };
      await assert.rejects(runtime.load(future), refusal('model-refused', /cannot run this model/));
      const session = await runtime.load(graphOf(['N', 3], (b) => b.add('Neg', ['x'])));
      await assert.rejects(
        session.run({ x: float32([1, 4], [1, 2, 3, 4]) }),
        refusal('model-refused', /Got: 4 Expected: 3/),
      );
      await assert.rejects(session.run({}), refusal('model-refused', /'x' is missing/));
    });
  });
}

describe('pickRuntime', () => {
  it('takes the one asked for, the native one by default', async () => {
    assert.equal((await pickRuntime('auto')).runtime.id, 'onnxruntime-node');
    assert.equal((await pickRuntime('onnxruntime-node')).runtime.id, 'onnxruntime-node');
    const web = await pickRuntime('onnxruntime-web');
    assert.equal(web.runtime.id, 'onnxruntime-web');
    assert.equal(web.note, undefined);
    assert.equal((await pickRuntime('tfjs-wasm')).runtime.id, 'tfjs-wasm');
  });

  it('runs with tfjs-wasm where tfjs-node does not load, and says why', async () => {
    await using empty = await scratchFolder('no-tfjs-node');
    const named = process.env[TFJS_NODE_VARIABLE];
    process.env[TFJS_NODE_VARIABLE] = empty.path;
    try {
      const { runtime, note } = await pickRuntime('tfjs-node');
      assert.equal(runtime.id, 'tfjs-wasm');
      assert.match(
        note!,
        /^tfjs-node does not load here \(there is no @tensorflow\/tfjs-node in .*\), so models run with tfjs-wasm/,
      );
    } finally {
      if (named === undefined) delete process.env[TFJS_NODE_VARIABLE];
      else process.env[TFJS_NODE_VARIABLE] = named;
    }
  });
});

describe('runInBatches', () => {
  /** y = 2x of at most or exactly `size` rows; notes the sizes it was called with. */
  async function doubling(size: number | 'N'): Promise<LoadedGraph & { readonly sizes: number[] }> {
    const runtime = await openOnnxRuntimeNode();
    const session = await runtime.load(graphOf([size, 2], (b) => b.add('Add', ['x', 'x'])));
    const sizes: number[] = [];
    return {
      sizes,
      dispose: () => session.dispose(),
      run(feeds, outputs) {
        sizes.push(feeds.x!.dims[0]!);
        return session.run(feeds, outputs);
      },
    };
  }
  const x = float32([5, 2], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const doubled = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18];

  it('fills the last group of a fixed batch and leaves the filling out of the result', async () => {
    const session = await doubling(3);
    const { y } = await runInBatches(session, { x }, { kind: 'fixed', size: 3 });
    assert.deepEqual([y!.dims, [...y!.data]], [[5, 2], doubled]);
    assert.deepEqual(session.sizes, [3, 3]);
  });

  it('runs a fixed batch of one row by row, and one larger than the data once', async () => {
    const single = await doubling(1);
    assert.deepEqual([...(await runInBatches(single, { x }, { kind: 'fixed', size: 1 })).y!.data], doubled);
    assert.equal(single.sizes.length, 5);
    const wide = await doubling(8);
    assert.deepEqual((await runInBatches(wide, { x }, { kind: 'fixed', size: 8 })).y!.dims, [5, 2]);
    assert.deepEqual(wide.sizes, [8]);
  });

  it('bounds a free batch', async () => {
    const session = await doubling('N');
    const { y } = await runInBatches(session, { x }, { kind: 'upTo', size: 2 });
    assert.deepEqual([y!.dims, [...y!.data]], [[5, 2], doubled]);
    assert.deepEqual(session.sizes, [2, 2, 1]);
  });

  it('refuses feeds of different lengths and outputs that are no rows', async () => {
    const session = await doubling('N');
    const feeds = { x, other: float32([4], [0, 0, 0, 0]) };
    await assert.rejects(
      runInBatches(session, feeds, { kind: 'upTo', size: 2 }),
      refusal('batch-mismatch', /5, 4/),
    );
    const runtime = await openOnnxRuntimeNode();
    const sum = await runtime.load(graphOf([2, 2], (b) => b.add('ReduceMax', ['x'], { keepdims: int(1) })));
    const run = runInBatches(sum, { x }, { kind: 'fixed', size: 2 });
    await assert.rejects(run, refusal('batch-mismatch', /first axis/));
  });
});
