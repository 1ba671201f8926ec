import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { withDynamicTime } from '../../../src/graph/dynamicTime.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { MASK_INPUT, maskedGraph } from '../../../src/graph/masking/maskedGraph.ts';
import { trackTensors } from '../../../src/graph/receptive/trackTensors.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';
import { attribute, opCase, weights } from '../gradient/opCase.ts';

async function masked(graph: Graph, runtime: Runtime, features: number, steps: number): Promise<Graph> {
  const input = graph.inputs[0]!.name;
  const shapes = await probeShapes(graph, runtime, { [input]: series(2, features, steps, steps) });
  const { tracks } = trackTensors(graph, shapes, {
    name: input,
    roles: ['batch', 'feature', 'time'],
    steps,
    features,
  });
  return maskedGraph(graph, tracks, { name: input, steps });
}

/** Sines of different pace per feature, the same for every instance but for a shift; zero from `length` on. */
function series(batch: number, features: number, steps: number, length: number) {
  const data = new Float32Array(batch * features * steps);
  for (let n = 0; n < batch; n++) {
    for (let f = 0; f < features; f++) {
      for (let t = 0; t < length; t++) data[(n * features + f) * steps + t] = Math.sin(n + (t * (f + 2)) / 9);
    }
  }
  return float32([batch, features, steps], data);
}

function mask(batch: number, steps: number, length: number) {
  const row = Float32Array.from({ length: steps }, (_, t) => (t < length ? 1 : 0));
  return float32(
    [batch, steps],
    Float32Array.from({ length: batch * steps }, (_, i) => row[i % steps]!),
  );
}

function assertClose(found: unknown, expected: unknown): void {
  const [a, b] = [found as Float32Array, expected as Float32Array];
  const scale = Math.max(1, ...b.map(Math.abs));
  const worst = Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
  assert.ok(worst <= 1e-4 * scale, `${worst} of ${scale}`);
}

describe('masked re-execution', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  for (const [model, features, steps] of [
    ['xcm_content_w26', 30, 131],
    ['xcm_content_w131', 30, 131],
    ['fcn_content', 30, 131],
    ['resnet_content', 30, 131],
    ['inceptiontime_content', 30, 131],
    ['lstmfcn_content', 30, 131],
    ['jv_xcm', 12, 29],
  ] as const) {
    it(`${model}: masking every layer equals truncating the series`, async () => {
      const graph = readOnnx(readFileSync(referenceFile(`${model}.onnx`)));
      const input = graph.inputs[0]!.name;
      const logits = graph.outputs[0]!.name;
      const other = await masked(graph, runtime, features, steps);
      const free = withDynamicTime(graph, { name: input, timeAxis: 2 }, steps);
      assert.ok(typeof free !== 'string', String(free));
      const [maskedSession, shortSession] = [await runtime.load(other), await runtime.load(free)];
      for (const length of [7, Math.floor(steps / 3), steps - 1, steps]) {
        const feeds = { [input]: series(3, features, steps, length), [MASK_INPUT]: mask(3, steps, length) };
        const found = (await maskedSession.run(feeds))[logits]!.data;
        const short = (await shortSession.run({ [input]: series(3, features, length, length) }))[logits]!
          .data;
        assertClose(found, short);
      }
    });
  }

  it('changes nothing where nothing is padded, and survives writing and reading', async () => {
    const graph = readOnnx(readFileSync(referenceFile('xcm_content_w26.onnx')));
    const again = readOnnx(writeOnnx(await masked(graph, runtime, 30, 131)));
    assert.deepEqual(
      again.inputs.map(({ name }) => name),
      [graph.inputs[0]!.name, MASK_INPUT],
    );
    const x = series(2, 30, 131, 131);
    const [plain, full] = [await runtime.load(graph), await runtime.load(again)];
    const after = await full.run({ x, [MASK_INPUT]: mask(2, 131, 131) });
    assertClose(after.logits!.data, (await plain.run({ x })).logits!.data);
  });

  it('takes a mean over everything, the instances too, over what is real', async () => {
    const grown = (steps: number) => {
      const mean = ['ReduceMean', 'x', 'm', { keepdims: attribute.int(0) }] as const;
      return opCase('', [2, 4, steps], [mean, ['GlobalAveragePool', 'x', 'p'], ['Mul', 'p m', 'y']]).graph;
    };
    const [other, short] = [
      await runtime.load(await masked(grown(6), runtime, 4, 6)),
      await runtime.load(grown(4)),
    ];
    const found = await other.run({ x: series(2, 4, 6, 4), [MASK_INPUT]: mask(2, 6, 4) });
    assertClose(found.y!.data, (await short.run({ x: series(2, 4, 4, 4) })).y!.data);
  });

  it('refuses a normalisation over time by name', async () => {
    const { graph } = opCase(
      '',
      [2, 4, 6],
      [
        ['InstanceNormalization', 'x scale shift', 'n'],
        ['GlobalAveragePool', 'n', 'p'],
        ['Flatten', 'p', 'y'],
      ],
      { constants: { scale: weights([4]), shift: weights([4], 2) } },
    );
    await assert.rejects(
      masked(graph, runtime, 4, 6),
      /InstanceNormalization ".*" carries padding along time.*real steps alone/,
    );
  });

  it('the dynT export and the freed time axis agree', async () => {
    const bytes = (name: string) => readFileSync(referenceFile(name));
    const free = withDynamicTime(readOnnx(bytes('jv_xcm.onnx')), { name: 'x', timeAxis: 2 }, 29);
    assert.ok(typeof free !== 'string');
    const x = series(2, 12, 17, 17);
    const [ours, theirs] = [
      await runtime.load(free),
      await runtime.load(readOnnx(bytes('jv_xcm.dynT.onnx'))),
    ];
    assertClose((await ours.run({ x })).logits!.data, (await theirs.run({ x })).logits!.data);
  });
});
