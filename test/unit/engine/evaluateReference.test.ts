import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseOf } from '../../../src/engine/evaluation/evaluateFile.ts';
import type { EvaluateRequest } from '../../../src/engine/requests.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import type { ExplainedCase } from '../../../src/evaluation/explainedCase.ts';
import { truthScores } from '../../../src/evaluation/groundTruth.ts';
import { parseTruth, salientCells } from '../../../src/evaluation/truthFile.ts';
import { createRandom } from '../../../src/random.ts';
import { writeProject } from '../../fixtures/projectFile.ts';
import { modelCard } from '../../fixtures/reference.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';
import { known } from './known.ts';

describe('evaluating the reference models', function () {
  this.timeout(60_000);
  let engine: LocalEngine;
  let folder: string;
  before(() => {
    engine = createEngine();
    folder = mkdtempSync(join(tmpdir(), 'attribution-evaluate-'));
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (method: 'gradcam' | 'hirescam'): EvaluateRequest => ({
    ...{ model: referenceFile('xcm_content_w26.onnx'), data: referenceFile('padded30/padded30_content.csv') },
    project: writeProject(folder, modelCard('xcm_content_w26')),
    ...{ layer: 'conv2dblock', method },
  });

  // The block's kernel is 26 steps wide: its highest cell stands beside the bump, but on the bump's feature.
  for (const method of ['gradcam', 'hirescam'] as const) {
    it(`${method} at XCM’s 2-D block points at the feature of the bump, 2 or 5, far above chance`, async () => {
      const file = readFileSync(referenceFile('padded30/ground_truth.json'), 'utf8');
      const truth = parseTruth(file, 'ground_truth.json', 'content');
      const cases: ExplainedCase[] = [];
      const all = Array.from({ length: 60 }, (_, i) => i);
      for await (const batch of engine.explainMany(ask(method), all)) cases.push(...batch.map(caseOf));
      const { feature_names: features } = modelCard('xcm_content_w26');
      const salient = cases.map((one) => salientCells(truth, one, features, 'ground_truth.json'));
      const found = truthScores(cases, salient, features.length, 'value', createRandom(1))!;
      assert.equal(found.n, 60);
      assert.ok(Math.abs(found.real.pointingFeatureChance - 1 / 30) < 1e-6);
      const { interval } = found.real.pointingFeature!;
      assert.ok(interval[0] > found.real.pointingFeatureChance, JSON.stringify(found.real));
    });
  }

  it('Grad-CAM before a one-channel bottleneck: the head cannot move it, and the verdict says so', async () => {
    const { randomisation, verdicts } = await engine.evaluate({
      ...ask('gradcam'),
      ...{ most: 6, draws: 2, replacements: ['channel_mean'] },
    });
    const above = known(randomisation).independent.filter((stage) => stage.above);
    assert.ok(above.length > 1);
    assert.ok(
      above.some(({ correlation }) => correlation.value > 0.999),
      JSON.stringify(above),
    );
    assert.match(verdicts.weights.reason, /do not move it at all/);
  });
});
