import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { auditJson } from '../../../src/export/auditJson.ts';
import { auditReport } from '../../../src/export/report/auditReport.ts';
import { auditText } from '../../../src/export/text/auditText.ts';
import type { Audit } from '../../../src/padding/audit.ts';

const at = (name: string) => fileURLToPath(new URL(`../../fixtures/regression/${name}`, import.meta.url));

describe('The audit of outputs that are numbers', function () {
  this.timeout(30_000);
  let engine: LocalEngine;
  let audit: Audit;
  before(async () => {
    engine = createEngine();
    audit = await engine.audit({ model: at('one.onnx'), data: at('data.npz') });
  });
  after(() => engine.dispose());

  it('says how far the output moves, as the model says when the padding is changed by hand', async () => {
    const { answers, changes, sd } = audit.values!;
    const [n, mean] = [answers.length, answers.reduce((sum, y) => sum + y, 0) / answers.length];
    const variance = answers.reduce((sum, y) => sum + (y - mean) ** 2, 0) / (n - 1);
    assert.ok(Math.abs(sd! - Math.sqrt(variance)) < 1e-9);
    const by = new Map(changes.map((change) => [change.intervention, change]));
    // Zeros in the model's units are what stands there: data of a float32 array in its own shape are prepared.
    const moved = by.get('truncate')!;
    assert.ok('meanAbs' in moved);
    const single = await engine.explain({
      model: at('one.onnx'),
      data: at('data.npz'),
      instance: moved.worst.index,
    });
    assert.ok(Math.abs(single.prediction.logits[0]! - answers[moved.worst.index]!) < 1e-6);
    assert.ok(Math.abs(moved.inSd! - moved.meanAbs.value / sd!) < 1e-9);
    // Masking every layer of a model without strides is the series cut to its real steps.
    const masked = by.get('mask_every_layer')!;
    assert.ok('meanAbs' in masked);
    assert.ok(Math.abs(masked.meanAbs.value - moved.meanAbs.value) < 1e-6);
  });

  it('leaves out what counts classes, by name, on every surface', () => {
    const text = auditText(audit);
    for (const shown of [text, auditReport(audit), JSON.stringify(auditJson(audit))]) {
      assert.match(shown, /length evidence/);
      assert.match(shown, /flips and balanced accuracy/);
    }
    assert.doesNotMatch(text, /\d % flip|class \d|\|Δp\||Length:/);
    assert.doesNotMatch(text, /they are no classes/, 'real numbers are what a regression has for labels');
    const json = auditJson(audit) as Record<string, unknown>;
    assert.equal(json.task, 'regression');
    assert.ok(!('class_names' in json) && !('balanced_accuracy' in json));
  });

  it('does not compare the answers of a sequence where the padding moves them along', async () => {
    const { values } = await engine.audit({ model: at('steps_nct.onnx'), data: at('unlabelled.npz') });
    const refused = values!.changes.filter((change) => 'unavailable' in change);
    assert.deepEqual(
      refused.map(({ intervention }) => intervention),
      ['truncate', 'zero', 'other_side', 'double_T'],
    );
    assert.equal(values!.output, 'the first channel at the last real step');
  });

  it('of one instance has no sd, and says so', async () => {
    const one = await engine.audit({ model: at('one.onnx'), data: at('data.npz'), instances: [0] });
    assert.equal(one.values!.sd, null);
    assert.match(auditText(one), /changes are in units of the output only/);
    assert.match(auditText(one), /truncation: Δy −?\d/);
  });
});
