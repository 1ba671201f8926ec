import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { auditJson } from '../../../src/export/auditJson.ts';
import { oddAudits } from '../../fixtures/oddAudits.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';
import { smallAudit } from '../../webview/harness/audits.ts';

interface Json {
  readonly [key: string]: Json;
}
const json = (value: object) => JSON.parse(JSON.stringify(value)) as Json;
const ours = json(auditJson(smallAudit));

describe('audit as JSON', () => {
  it('gives three verdicts, each answer, reason and numbers, never one score', () => {
    assert.deepEqual(Object.keys(ours.verdicts!), [
      ...['lengthEvidence', 'layout', 'look', 'mapArtefact', 'carrierDependence'],
    ]);
    for (const verdict of Object.values(ours.verdicts!)) {
      assert.deepEqual(Object.keys(verdict), ['answer', 'reason', 'numbers']);
    }
    assert.ok(!('score' in ours));
  });

  it('gives every rate with its interval, and what cannot be had with its reason', () => {
    const { truncate, double_T } = ours.carrier!;
    assert.equal(truncate!.flip_rate as unknown, 0);
    assert.deepEqual(truncate!.flip_rate_interval as unknown, [0, 0.2]);
    assert.deepEqual(double_T as unknown, {
      unavailable: 'Reshape "/flat" has the length 60 written into it.',
    });
    const { LEI } = ours.length_evidence!.content_swapped!;
    assert.deepEqual(LEI as unknown, { mean: 0.02, interval: [-0.01, 0.06], n: 4 });
  });

  it('is plain: nothing that JSON cannot say', async function () {
    this.timeout(30_000);
    for (const [what, audit] of Object.entries(await oddAudits())) {
      const text = JSON.stringify(auditJson(audit));
      assert.doesNotMatch(text, /"\d+":/, `${what}: a typed array written as an object`);
      const read = JSON.parse(text);
      for (const verdict of Object.values(read.verdicts as Record<string, { numbers: object }>)) {
        for (const [key, value] of Object.entries(verdict.numbers))
          assert.equal(typeof value, 'number', `${what}: ${key} of a verdict is not a number`);
      }
    }
  });

  describe('has the key names of audit_reference.json where they mean the same', () => {
    const reference = () =>
      Object.values(JSON.parse(readFileSync(referenceFile('audit_reference.json'), 'utf8'))).find(
        (entry) => typeof entry === 'object' && entry !== null && 'carrier' in entry,
      ) as Json;
    const shared = (found: Json, expected: Json, keys: readonly string[]) => {
      for (const key of keys) {
        assert.ok(key in expected, `the reference has no ${key}`);
        assert.ok(key in found, `ours has no ${key}`);
      }
    };

    it('at the top, per intervention, in the evidence, in the maps and in the split', () => {
      const theirs = reference();
      shared(ours, theirs, [
        ...['n_instances', 'n_classes', 'chance', 'balanced_accuracy', 'accuracy', 'pad_side', 'T'],
        ...['predicted', 'prob_predicted', 'maps', 'exact_logit_split_last_conv', 'carrier'],
        ...['length_evidence', 'length_only_baseline'],
      ]);
      for (const [part, figure] of [
        [ours, 'balanced_accuracy'],
        [ours, 'accuracy'],
        [ours.carrier!.noise!, 'balanced_accuracy'],
        [ours.length_only_baseline!, 'decision_tree_depth3'],
      ] as const) {
        const value = part[figure] as unknown as number;
        const [low, high] = part[`${figure}_interval`] as unknown as [number, number];
        assert.ok(0 <= low && low < value && value <= high && high <= 1, figure);
      }
      const interventions = [...new Set(Object.keys(theirs.carrier!))];
      const known = ['truncate', 'noise', 'plus_1sd', 'double_T'];
      assert.deepEqual(
        known.filter((name) => !interventions.includes(name)),
        [],
      );
      shared(ours.carrier!.noise!, theirs.carrier!.noise!, ['flip_rate', 'mean_abs_dp', 'balanced_accuracy']);
      shared(ours.length_evidence!, theirs.length_evidence!, [
        ...['content_swapped', 'length_swapped', 'resample_control'],
      ]);
      shared(ours.length_evidence!.content_swapped!, theirs.length_evidence!.content_swapped!, ['LEI']);
      shared(ours.length_evidence!.length_swapped!, theirs.length_evidence!.length_swapped!, ['flip_rate']);
      shared(ours.maps!.conv1dblock!, Object.values(theirs.maps!)[0]!, [
        ...[
          'zone_share',
          'plateau_std_over_max',
          'class_degeneracy_abs_corr',
          'alpha_pollution_corr_real_steps',
        ],
      ]);
      shared(ours.exact_logit_split_last_conv!, theirs.exact_logit_split_last_conv!, [
        ...['pad_mean', 'real_mean', 'bias_mean', 'abs_pad_share_mean', 'max_abs_gap'],
      ]);
      shared(ours.length_only_baseline!, theirs.length_only_baseline!.shipped!, [
        ...['decision_tree_depth3', 'tree_permutation_p', 'n'],
      ]);
    });
  });
});
