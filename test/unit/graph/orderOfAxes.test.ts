import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalAxes, inCanonicalOrder } from '../../../src/attribution/canonicalAxes.ts';
import type { MethodId } from '../../../src/attribution/methods.ts';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import type { ExplainRequest } from '../../../src/engine/requests.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { type Classifier, describeClassifier } from '../../../src/graph/classifier.ts';
import { layerOrTensor } from '../../../src/graph/layerOrTensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { zooFolder, zooNumbers } from '../../zoo/zoo.ts';

const METHODS: readonly MethodId[] = [
  ...(['gradcam', 'hirescam', 'layercam', 'gradcampp', 'xgradcam'] as const),
  ...(['eigencam', 'ablationcam', 'scorecam'] as const),
];

describe('a map is the same whatever the order of the axes of its layer', function () {
  this.timeout(30_000);
  let engine: LocalEngine;
  let folder: string;
  before(() => {
    engine = createEngine();
    folder = mkdtempSync(join(tmpdir(), 'attribution-order-'));
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [architecture, path, shape] of [
    ['steps_first', 'gru', [1, 12]],
    ['patchtst', 'layer', [4, 32]],
  ] as const) {
    it(`${path} of ${architecture}`, async () => {
      const given = join(zooFolder, `${architecture}.aten.pt2`);
      const { graph } = await loadModel(given);
      const classifier = await describeClassifier(graph, await openOnnxRuntimeNode());
      const plain = join(folder, `${architecture}.onnx`);
      writeFileSync(plain, writeOnnx(inPlainOrder(classifier, path)));
      const x = zooNumbers()(`${architecture}|x`)!;
      const data = join(folder, `${architecture}.npz`);
      writeFileSync(data, writeNpz({ x }));
      const map = async (model: string, layer: string, method: MethodId, maskedAlpha: boolean) => {
        const request = {
          ...{ model, data, layer, method, relu: false, target: 'class 1', instance: 1, maskedAlpha },
          mask: { kind: 'length', length: Math.ceil(x.dims[2]! * 0.7) },
        };
        return (await engine.explain(request as unknown as ExplainRequest)).map;
      };
      for (const method of METHODS) {
        for (const maskedAlpha of method === 'ablationcam' || method === 'gradcam'
          ? [false, true]
          : [false]) {
          const found = await map(given, path, method, maskedAlpha);
          const wanted = await map(plain, 'in_plain_order', method, maskedAlpha);
          assert.deepEqual([found.rows, found.columns], shape);
          const most = wanted.values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
          const off = Math.max(...found.values.map((value, i) => Math.abs(value - wanted.values[i]!)));
          assert.ok(most > 0 && off <= 1e-5 * most, `${method}: off by ${off} of ${most}`);
        }
      }
    });
  }
});

/** The same model, its layer laid out as [N, C, …] on its way to what reads it. */
function inPlainOrder({ graph, shapes, ...classifier }: Classifier, path: string) {
  const layer = layerOrTensor({ graph, shapes, ...classifier }, path);
  const axes = canonicalAxes(layer, shapes);
  const at = graph.nodes.findIndex(({ outputs }) => outputs.includes(layer.tensor)) + 1;
  const builder = new GraphBuilder({ ...graph, nodes: graph.nodes.slice(0, at) });
  const plain = builder.rename(inCanonicalOrder(builder, layer.tensor, axes), 'in_plain_order');
  const singletons = axes.perm.map((_, i) => i).slice(2 + axes.positions.length);
  const turned = singletons.length ? builder.unsqueeze(plain, singletons) : plain;
  const back = builder.transpose(
    turned,
    axes.perm.map((_, axis) => axes.perm.indexOf(axis)),
  );
  const again = builder.reshapeLike(back, layer.tensor);
  const front = builder.build([{ name: again, dtype: 'float32', dims: [] }]);
  const behind = graph.nodes.slice(at).map((node) => ({
    ...node,
    inputs: node.inputs.map((name) => (name === layer.tensor ? again : name)),
  }));
  const constants = new Map([...graph.constants, ...front.constants]);
  return { ...graph, constants, nodes: [...front.nodes, ...behind] };
}
