import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MethodId } from '../../../src/attribution/methods.ts';
import { main } from '../../../src/cli/main.ts';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import type { ExplainRequest } from '../../../src/engine/requests.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import { layerOrTensor } from '../../../src/graph/layerOrTensor.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';

const at = (name: string) => fileURLToPath(new URL(`../../fixtures/layers/${name}`, import.meta.url));
const expected: Readonly<Record<'x' | 'gradcam' | 'hirescam', number[]>> = JSON.parse(
  readFileSync(at('expected.json'), 'utf8'),
);

describe('a layer that needs a word', function () {
  this.timeout(20_000);
  let engine: LocalEngine;
  let folder: string;
  before(() => {
    engine = createEngine();
    folder = mkdtempSync(join(tmpdir(), 'attribution-layers-'));
    writeFileSync(join(folder, 'one.npz'), writeNpz({ x: float32([1, 6, 16], expected.x) }));
    writeFileSync(join(folder, 'attribution.json'), '{ "input": "N1FT" }');
    copyFileSync(at('rows.onnx'), join(folder, 'rows.onnx'));
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const explained = (method: MethodId) =>
    engine.explain({
      ...{ model: at('rows.onnx'), data: join(folder, 'one.npz'), project: join(folder, 'attribution.json') },
      ...{ layer: '/Relu_output_0', target: 'class 0' },
      ...{ method, relu: false, mask: { kind: 'none' }, instance: 0 },
    } as unknown as ExplainRequest);

  for (const method of ['gradcam', 'hirescam'] as const) {
    it(`of rows that are no features has the mean over them for a map, as PyTorch has it: ${method}`, async () => {
      const { map, layer, findings } = await explained(method);
      assert.deepEqual([map.rows, map.columns, layer.rank], [1, 16, 1]);
      const off = Math.max(...expected[method].map((value, i) => Math.abs(value - map.values[i]!)));
      assert.ok(off < 1e-6, `off by ${off}`);
      assert.ok(findings.some(({ sentence }) => /4 rows for 6 features.*mean/.test(sentence)));
    });
  }

  for (const method of [
    'eigencam',
    'ablationcam',
    'scorecam',
    'layercam',
    'gradcampp',
    'xgradcam',
  ] as const) {
    it(`of rows that are no features is drawn over time by ${method}`, async () => {
      const { map } = await explained(method);
      assert.deepEqual([map.rows, map.columns], [1, 16]);
    });
  }

  it('is listed, and the model masked, as the nearest attribution.json reads its input', async () => {
    const model = join(folder, 'rows.onnx');
    assert.equal(await main(['layers', model], engine), 0);
    assert.equal(await main(['masked', model, join(folder, 'masked.onnx')], engine), 0);
    assert.ok(existsSync(join(folder, 'masked.onnx')));
    assert.equal(await main(['layers', at('rows.onnx')], engine), 2, 'nothing tells how to read it');
  });

  for (const [file, norm] of [
    ['folded.opset17.onnx', undefined],
    ['folded.dynamo.onnx', 'bn'],
  ] as const) {
    it(`says which batch norm it holds when it is asked for by its module path: ${file}`, async () => {
      const { graph } = await loadModel(at(file));
      const found = await describeClassifier(graph, await openOnnxRuntimeNode());
      const { note } = layerOrTensor(found, 'conv');
      assert.match(note!, norm ? /"bn" behind "conv" was made one/ : /batch norm behind "conv" was made one/);
      assert.equal(layerOrTensor(found, 'plain').note, undefined);
    });
  }

  it('behind a cut at a computed place is named, and refused for what it is', async () => {
    const { graph } = await loadModel(at('../values/siblings/crop_conv_old_free.onnx'));
    const found = await describeClassifier(graph, await openOnnxRuntimeNode());
    assert.ok(
      found.findings.some(({ sentence }) => /^Layers from Conv .* follows the values/.test(sentence)),
    );
    const [behind] = found.graph.nodes.filter(({ op }) => op === 'Slice');
    assert.throws(() => layerOrTensor(found, behind!.outputs[0]!), /as many positions as the values/);
  });
});
