import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { createEngine } from '../../../src/engine/service.ts';
import { float32, numbers } from '../../../src/graph/tensor.ts';
import { writeProject } from '../../fixtures/projectFile.ts';
import { modelCard, reference, relativeDifference } from '../../fixtures/reference.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';

describe('the same instances from every file format', function () {
  this.timeout(60_000);
  const engine = createEngine();
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'attribution-formats-'));
  });
  after(async () => {
    await engine.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  async function explainAll(model: string, data: string, project?: string): Promise<Explanation[]> {
    const { instances } = await engine.data({ data, project, model });
    const all: Explanation[] = [];
    const asked = { model, data, project };
    for await (const batch of engine.explainMany(
      asked,
      instances.map(({ index }) => index),
    )) {
      all.push(...batch);
    }
    return all;
  }

  function sameLogits(explained: readonly Explanation[], model: string): void {
    const logits = explained.flatMap(({ prediction }) => [...prediction.logits]);
    const all = numbers(reference(model)('all_logits')).slice(0, logits.length);
    const difference = relativeDifference(logits, all);
    assert.ok(difference <= 1e-4, `off by ${difference}`);
  }

  const warnings = ({ findings }: Explanation) => findings.filter(({ severity }) => severity === 'warning');
  const models = ['xcm_content_w131', 'xcm_content_w26', 'inceptiontime_content', 'fcn_content'];
  for (const model of [...models, 'resnet_content', 'lstmfcn_content']) {
    it(`single_instance.csv with ${model}: expected class and logits`, async () => {
      const expected = referenceFile('padded30/single_instance.expected.json');
      const { logits, class_names, true_class } = JSON.parse(readFileSync(expected, 'utf8'));
      const explanation = await engine.explain({
        model: referenceFile(`${model}.onnx`),
        data: referenceFile('padded30/single_instance.csv'),
        project: writeProject(folder, modelCard(model)),
      });
      assert.ok(relativeDifference(explanation.prediction.logits, logits[model]) <= 1e-4);
      assert.equal(explanation.target.name, class_names[true_class]);
      assert.equal(explanation.padding.length, 27);
      assert.deepEqual(warnings(explanation), []);
    });
  }

  for (const file of ['padded30_content.csv', 'padded30_content.ts']) {
    it(`${file}: logits of all`, async () => {
      const data = referenceFile(`padded30/${file}`);
      const named = file.endsWith('.csv');
      const project = writeProject(folder, modelCard('xcm_content_w26'), { named });
      const explained = await explainAll(referenceFile('xcm_content_w26.onnx'), data, project);
      sameLogits(explained, 'xcm_content_w26');
      const { L } = JSON.parse(readFileSync(referenceFile('padded30/ground_truth.json'), 'utf8')).content;
      assert.deepEqual(
        explained.map(({ padding }) => padding.length),
        L.slice(0, explained.length),
      );
      // The .ts file is kept in part.
      assert.ok(explained.length >= (named ? 60 : 24));
      assert.deepEqual(explained.flatMap(warnings), []);
    });
  }

  it('prepared .npz of those: the same logits', async () => {
    const model = referenceFile('xcm_content_w26.onnx');
    const project = writeProject(folder, modelCard('xcm_content_w26'), { named: true });
    const explained = await explainAll(model, referenceFile('padded30/padded30_content.csv'), project);
    const x = new Float32Array(60 * 30 * 131);
    explained.forEach(({ signals }, n) => {
      x.set(signals.input, n * 30 * 131);
    });
    const data = join(folder, 'prepared.npz');
    await writeFile(data, writeNpz({ x: float32([60, 30, 131], x) }));
    const again = await explainAll(model, data, project);
    sameLogits(again, 'xcm_content_w26');
    // Zeros at the end are found by looking; a real zero step at the very end cannot be told from them.
    assert.deepEqual(
      again.map(({ padding }) => padding.length),
      explained.map(({ padding }) => padding.length),
    );
  });

  it('JapaneseVowels_TEST.ts with jv_xcm: logits of all 370, also with a free time axis', async () => {
    const data = referenceFile('JapaneseVowels/JapaneseVowels_TEST.ts');
    const project = writeProject(folder, modelCard('jv_xcm'), { padTo: 29 });
    for (const file of ['jv_xcm.onnx', 'jv_xcm.dynT.onnx']) {
      const explained = await explainAll(referenceFile(file), data, project);
      sameLogits(explained, 'jv_xcm');
      const right = explained.filter(({ instance, target }) => instance.label === target.name).length;
      assert.equal(right, Math.round(0.954054 * 370));
    }
  });

  it('a free time axis without a pad step: each series at its own length', async () => {
    const data = referenceFile('padded30/padded30_content.csv');
    const { standardization, class_names } = modelCard('xcm_content_w26');
    const { mean, std } = standardization;
    const project = join(folder, 'attribution.json');
    await writeFile(
      project,
      JSON.stringify({ classes: class_names, preprocess: [{ standardize: { mean, std } }] }),
    );
    const asked = { model: referenceFile('xcm_content_w26.dynT.onnx'), data, project };
    for (const instance of [0, 3]) {
      const { map, padding, zones } = await engine.explain({ ...asked, instance, layer: 'conv2dblock' });
      assert.equal(map.columns, padding.length);
      assert.deepEqual(zones, [{ zone: 'REAL', from: 0, to: padding.length }]);
    }
  });

  it('reads a model again when only the file with its weights has changed', async () => {
    const name = 'inceptiontime_content.dynamo.onnx';
    const model = join(folder, name);
    const weights = readFileSync(referenceFile(`${name}.data`));
    await writeFile(model, readFileSync(referenceFile(name)));
    await writeFile(`${model}.data`, weights);
    const before = await engine.model({ model });
    assert.equal((await engine.model({ model })).hash, before.hash);
    await writeFile(`${model}.data`, weights.fill(0, 0, 4));
    assert.notEqual((await engine.model({ model })).hash, before.hash);
  });
});
