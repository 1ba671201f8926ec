import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { int, ints, text } from '../../../src/graph/attributes.ts';
import { type Classifier, describeClassifier } from '../../../src/graph/classifier.ts';
import { withDynamicTime } from '../../../src/graph/dynamicTime.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { MASK_INPUT, maskedGraph } from '../../../src/graph/masking/maskedGraph.ts';
import { differsBetweenLengths } from '../../../src/graph/masking/sameAtAnyLength.ts';
import type { Runtime, Tensors } from '../../../src/graph/runtime.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { engineIn } from '../engine/engineIn.ts';
import { refusal } from '../refusal.ts';
import { graphOf } from './smallGraph.ts';

const at = (path: string) => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));

describe('a masked model for any number of steps', function () {
  this.timeout(20_000);
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });
  const { engine, put } = engineIn('any-length');

  async function freed(path: string): Promise<(steps: number) => Promise<Classifier>> {
    const { graph } = await loadModel(at(path));
    const { input, shapes } = await describeClassifier(graph, runtime);
    const time = input.layout.indexOf('T');
    const free = withDynamicTime(
      graph,
      { name: input.name, timeAxis: time },
      shapes.dims(input.name)![time]!,
    );
    if (typeof free === 'string') throw new Error(free);
    return (steps) => describeClassifier(free, runtime, { layout: input.layout, steps });
  }

  async function logits(graph: Graph, name: string, feeds: Tensors): Promise<ArrayLike<number>> {
    const loaded = await runtime.load({ ...graph, outputs: [{ name, dtype: null, dims: [] }] });
    const found = (await loaded.run(feeds))[name]!.data as Float32Array;
    await loaded.dispose();
    return found;
  }

  /** Sines, some noise beyond the real steps. */
  function feeds({ input }: Classifier, steps: number, length: number, batch: number): Tensors {
    const sizes: Readonly<Record<string, number>> = { N: batch, F: input.features, T: steps };
    const dims = [...input.layout].map((axis) => sizes[axis]!);
    const data = new Float32Array(batch * input.features * steps);
    for (let n = 0; n < batch; n++)
      for (let f = 0; f < input.features; f++)
        for (let t = 0; t < steps; t++) {
          const cell = input.layout === 'NFT' ? f * steps + t : t * input.features + f;
          data[n * input.features * steps + cell] = Math.sin(n + (t * (f + 2)) / 9) + (t < length ? 0 : 3);
        }
    const real = Float32Array.from({ length: batch * steps }, (_, i) => (i % steps < length ? 1 : 0));
    return { [input.name]: float32(dims, data), [MASK_INPUT]: float32([batch, steps], real) };
  }

  for (const [path, equalsCut] of [
    ['exported/recurrent.opset17.onnx', true],
    ['exported/tcn.opset17.onnx', true],
    ['exported/time_first.opset17.onnx', true],
    ['zoo/keras_tcn.tf2onnx17.onnx', true],
    ['zoo/keras_lstm.tf2onnx17.onnx', true],
    ['zoo/pools.legacy17.onnx', false],
    ['zoo/convnext.legacy17.onnx', false],
    ['pt2/fcn_strided.pt2', false],
    ['truth/014_A_content_MGAP_bump/model.onnx', false],
  ] as const) {
    it(`${path} answers as the one for just so many${equalsCut ? ', and as for the real steps alone' : ''}`, async () => {
      const describe = await freed(path);
      const one = await describe(64);
      const free = new Set<string>();
      const masked = maskedGraph(one.graph, one.tracks, { name: one.input.name, steps: 64, free });
      for (const [steps, length] of [
        [77, 50],
        [40, 25],
      ] as const) {
        const other = await describe(steps);
        assert.equal(differsBetweenLengths(one, other, free), undefined);
        const just = maskedGraph(other.graph, other.tracks, { name: other.input.name, steps });
        const given = feeds(one, steps, length, one.input.batch ?? 2);
        const found = await logits(masked, one.logits, given);
        assert.ok(relativeDifference(found, await logits(just, other.logits, given)) < 1e-5);
        if (!equalsCut) continue;
        const { [MASK_INPUT]: _, ...cut } = feeds(one, length, length, one.input.batch ?? 2);
        assert.ok(relativeDifference(found, await logits(one.graph, one.logits, cut)) < 1e-4, `${steps}`);
      }
    });
  }

  it('of a model that takes any number is written, takes its mask again and answers as the masked model', async () => {
    const free = put('free.onnx', (await engine.masked({ model: at('pt2/fcn_free_time.pt2') })).bytes);
    const rows = Array.from({ length: 60 }, (_, row) => {
      const values = Array.from({ length: 6 }, (__, f) => Math.sin((f + 2) * (row + 1)).toFixed(4));
      return `${Math.floor(row / 20)},${row % 20},${values.join()}`;
    });
    const data = put('six.csv', `case,t,a,b,c,d,e,f\n${rows.join('\n')}\n`);
    for (const to of [33, 48]) {
      const preprocess = [{ pad: { to, value: 0, side: 'end' } }];
      const project = put('attribution.json', JSON.stringify({ classes: ['0', '1'], preprocess }));
      const found = await engine.explain({ model: free, data, project });
      const own = { model: at('pt2/fcn_free_time.pt2'), data, project, maskedModel: true };
      const wanted = await engine.explain(own);
      assert.ok(relativeDifference(found.prediction.logits, wanted.prediction.logits) < 1e-5);
      assert.ok(relativeDifference(found.map.values, wanted.map.values) < 1e-5);
    }
  });

  it('is refused by what follows another rule for another number of steps', async () => {
    const kernel = float32(
      [4, 3, 3],
      Float32Array.from({ length: 36 }, (_, i) => Math.cos(i)),
    );
    const same = graphOf(['N', 3, 'T'], (builder) => {
      const attributes = { strides: ints([2]), kernel_shape: ints([3]), auto_pad: text('SAME_UPPER') };
      const x = builder.add('Conv', ['x', builder.constant(kernel)], attributes);
      return builder.add('Flatten', [builder.add('GlobalAveragePool', [x])], { axis: int(1) });
    });
    await assert.rejects(
      engine.masked({ model: put('same.onnx', writeOnnx(same)) }),
      refusal('cannot-mask', /any number of steps.*"attribution\/Conv_\d+:0" reads follows another rule/),
    );
    const round = await freed('zoo/pads.legacy17.onnx');
    const free = new Set<string>();
    const one = await round(64);
    maskedGraph(one.graph, one.tracks, { name: one.input.name, steps: 64, free });
    assert.match(differsBetweenLengths(one, await round(77), free)!, /^\/circle\//);
    const rolled = graphOf(['N', 3, 'T'], (builder) => {
      const parts = [builder.slice('x', [2], [-5], [10_000]), builder.slice('x', [2], [0], [-5])];
      const x = builder.add('Conv', [builder.concat(parts, 2), builder.constant(kernel)]);
      return builder.add('Flatten', [builder.add('GlobalAveragePool', [x])], { axis: int(1) });
    });
    const { graph, tracks, input } = await describeClassifier(rolled, runtime, { layout: 'NFT', steps: 64 });
    assert.throws(
      () => maskedGraph(graph, tracks, { name: input.name, steps: 64, free: new Set() }),
      refusal('cannot-mask', /lie follows no rule that holds for any number of steps/),
    );
  });
});
