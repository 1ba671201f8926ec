import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { int, ints, text } from '../../../src/graph/attributes.ts';
import type { GraphBuilder } from '../../../src/graph/builder.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32, int64, type Tensor, tensor } from '../../../src/graph/tensor.ts';
import { isRun } from '../../../src/runtime/tfjs/registry.ts';
import { openTfjsWasm } from '../../../src/runtime/tfjsWasm.ts';
import { FAMILIES } from '../gradient/allCases.ts';
import { inputOf } from '../gradient/opCase.ts';
import { graphOf } from '../graph/smallGraph.ts';
import { refusal } from '../refusal.ts';
import { TFJS_RUNTIMES } from './allRuntimes.ts';
import { tfjsCases } from './tfjsCases.ts';

for (const { id, open } of TFJS_RUNTIMES) {
  describe(`the tfjs executor on ${id}`, () => {
    let runtime: Runtime;
    before(async function () {
      runtime = await open(this);
    });

    it('leaves no tensor behind, whatever the operator, run after run', async () => {
      // All copies of tfjs in a process share one engine, so that this one counts for both.
      const before = tf.memory().numTensors;
      let kept = 0;
      const cases = [...Object.values(FAMILIES).flat(), ...tfjsCases];
      for (const one of cases.filter(({ graph }) => graph.nodes.every(({ op }) => isRun(op)))) {
        const session = await runtime.load(one.graph);
        const x = inputOf(one);
        await session.run({ x });
        const once = tf.memory().numTensors;
        kept += once - before;
        await session.run({ x });
        assert.equal(tf.memory().numTensors, once, `${one.title}: the second run left a tensor`);
        await session.dispose();
        assert.equal(tf.memory().numTensors, before, `${one.title}: the session left a tensor`);
      }
      assert.ok(kept > 0, 'sessions keep their constants, so something must have been counted');
    });
  });
}

describe('the tfjs executor', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openTfjsWasm();
  });

  it('leaves no tensor behind where a run is refused halfway', async () => {
    const before = tf.memory().numTensors;
    const session = await runtime.load(
      graphOf(['N', 4], (b) => b.add('Reshape', [b.add('Exp', ['x']), b.ints([3, 5])])),
    );
    const run = session.run({ x: float32([1, 4], [1, 2, 3, 4]) });
    await assert.rejects(
      run,
      refusal('model-refused', /^tfjs-wasm .*Reshape .*4 values do not fit into the shape \[3, 5\]\.$/),
    );
    await session.dispose();
    assert.equal(tf.memory().numTensors, before);
  });

  it('holds only what is still to be read: a long chain takes no more memory than a short one', async () => {
    const peak = async (length: number) => {
      const graph = graphOf(['N', 1000], (b) => {
        let name = 'x';
        for (let i = 0; i < length; i++) name = b.add('Neg', [name]);
        return name;
      });
      const session = await runtime.load(graph);
      let most = 0;
      const engine = tf.engine();
      const start = engine.startScope.bind(engine);
      engine.startScope = (name?: string) => {
        most = Math.max(most, tf.memory().numTensors);
        start(name);
      };
      await session.run({ x: float32([1, 1000], new Float32Array(1000)) });
      engine.startScope = start;
      await session.dispose();
      return most;
    };
    assert.equal(await peak(40), await peak(4));
  });

  it('gives copies: neither feeds nor constants can be changed through what comes out', async () => {
    const constant = float32([2], [5, 6]);
    const graph: Graph = {
      ...graphOf([2], (b) => b.add('Identity', ['x'])),
      constants: new Map([['c', constant]]),
      outputs: [
        { name: 'y', dtype: null, dims: [] },
        { name: 'c', dtype: null, dims: [] },
      ],
    };
    const session = await runtime.load(graph);
    const x = float32([2], [1, 2]);
    const { y, c } = await session.run({ x });
    y!.data.fill(0 as never);
    c!.data.fill(0 as never);
    assert.deepEqual(
      [[...x.data], [...constant.data]],
      [
        [1, 2],
        [5, 6],
      ],
    );
    assert.deepEqual([...(await session.run({ x })).c!.data], [5, 6]);
  });

  it('keeps the session apart from others that run in between', async () => {
    const sessions = await Promise.all(
      [2, 3].map((factor) => runtime.load(graphOf(['N'], (b) => b.add('Mul', ['x', b.scalar(factor)])))),
    );
    const results = await Promise.all(
      [0, 1, 0, 1].map(async (i) => [...(await sessions[i]!.run({ x: float32([1], [7]) })).y!.data]),
    );
    assert.deepEqual(results, [[14], [21], [14], [21]]);
  });

  it('computes with 64-bit integers exactly, and refuses beyond 2^53', async () => {
    const run = async (value: bigint) => {
      const graph: Graph = {
        ...graphOf(['N'], (b) => b.add('Mul', ['x', b.constant(int64([1], [1024]))])),
        inputs: [{ name: 'x', dtype: 'int64', dims: ['N'] }],
      };
      const session = await runtime.load(graph);
      const x: Tensor = tensor('int64', [1], BigInt64Array.of(value));
      return (await session.run({ x })).y!.data[0];
    };
    assert.equal(await run(2n ** 42n + 1n), 2n ** 52n + 1024n);
    await assert.rejects(run(2n ** 44n), refusal('model-refused', /Mul.*integer goes beyond 2\^53/));
  });

  it('refuses float64 where only float32 is computed, naming operator and node', async () => {
    const graph: Graph = {
      ...graphOf(['N', 1, 4], (b) =>
        b.add('Conv', ['x', b.constant(tensor('float64', [1, 1, 1], Float64Array.of(1)))], {
          kernel_shape: ints([1]),
        }),
      ),
      inputs: [{ name: 'x', dtype: 'float64', dims: ['N', 1, 4] }],
    };
    const session = await runtime.load(graph);
    const x = tensor('float64', [1, 1, 4], new Float64Array(4));
    await assert.rejects(session.run({ x }), refusal('model-refused', /Conv \(node ".*"\).*float64/));
  });

  it('refuses before running what it does not know, also inside a Scan and of another domain', async () => {
    const inside = graphOf(['N'], (b) => b.add('NoSuchOperator', ['x']));
    const scan = graphOf(['T', 'N'], (b) =>
      b.add('Scan', ['x'], { body: { kind: 'graph', value: inside }, num_scan_inputs: int(1) }),
    );
    await assert.rejects(
      runtime.load(scan),
      refusal('model-refused', /operator NoSuchOperator \(node ".*"\); choose an ONNX runtime/),
    );
    const plain = graphOf(['N'], (b) => b.add('Gelu', ['x']));
    const foreign = { ...plain, nodes: plain.nodes.map((node) => ({ ...node, domain: 'com.microsoft' })) };
    await assert.rejects(runtime.load(foreign), refusal('model-refused', /com\.microsoft\.Gelu/));
  });

  it('refuses sizes that a model announces out of all bounds, at once', async () => {
    const huge: Readonly<Record<string, (b: GraphBuilder) => string>> = {
      ConstantOfShape: (b) => b.add('ConstantOfShape', [b.ints([1_000_000, 1_000_000])]),
      Expand: (b) => b.add('Expand', ['x', b.ints([1_000_000, 1_000_000, 1])]),
      Tile: (b) => b.add('Tile', ['x', b.ints([1_000_000, 1_000_000])]),
      Pad: (b) => b.pad('x', [0, 0, 1_000_000, 1_000_000]),
      Range: (b) =>
        b.add('Range', [
          b.constant(int64([], [0])),
          b.constant(int64([], [1e12])),
          b.constant(int64([], [1])),
        ]),
      OneHot: (b) =>
        b.add('OneHot', [b.ints([1]), b.constant(int64([], [1e12])), b.constant(float32([2], [0, 1]))]),
      Resize: (b) =>
        b.add('Resize', ['x', '', b.constant(float32([2], [1, 1e12]))], { mode: text('linear') }),
    };
    for (const [op, grow] of Object.entries(huge)) {
      const session = await runtime.load(graphOf(['N', 2], grow));
      const begin = performance.now();
      const run = session.run({ x: float32([1, 2], [0, 1]) });
      await assert.rejects(run, refusal('model-refused', new RegExp(`${op} .* is too large`)));
      assert.ok(performance.now() - begin < 1000, op);
    }
  });
});
