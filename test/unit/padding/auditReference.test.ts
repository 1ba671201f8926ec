import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { auditJson } from '../../../src/export/auditJson.ts';
import type { Audit } from '../../../src/padding/audit.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';
import { auditFixture } from './auditFixture.ts';

/** What the reference says, as far as it is compared; see the fixtures' README. */
interface Reference {
  readonly n_instances: number;
  readonly balanced_accuracy: number;
  readonly accuracy: number;
  readonly pad_side: string;
  readonly T: number;
  readonly chance: number;
  readonly predicted: readonly number[];
  readonly prob_predicted: readonly number[];
  readonly maps: Record<string, Record<string, unknown>>;
  readonly exact_logit_split_last_conv: Record<string, number>;
  readonly carrier: Record<string, Record<string, number | { readonly min: number; readonly max: number }>>;
  readonly length_evidence: {
    readonly content_swapped: { readonly LEI: { readonly mean: number; readonly sd: number } };
    readonly length_swapped: { readonly flip_rate: { readonly mean: number; readonly sd: number } };
    readonly resample_control: { readonly flip_rate: { readonly mean: number; readonly sd: number } };
  };
  readonly large_set?: { readonly LEI: { readonly mean: number; readonly sd: number } };
}
interface Json {
  readonly [key: string]: Json;
}

const VERDICTS: Readonly<Record<string, readonly [layout: string, length: string]>> = {
  xcm_content_w26: ['robust', 'no'],
  xcm_content_w131: ['robust', 'no'],
  xcm_length_w26: ['FRAGILE', 'YES'],
  xcm_mixed_w26: ['FRAGILE', 'YES'],
  jv_xcm: ['FRAGILE', 'no'],
};

describe('the audit against audit_reference.json', function () {
  this.timeout(120_000);
  const references = () =>
    JSON.parse(readFileSync(referenceFile('audit_reference.json'), 'utf8')) as Record<string, Reference>;

  for (const [name, [layout, length]] of Object.entries(VERDICTS)) {
    describe(name, () => {
      let audit: Audit;
      let ours: Json;
      let reference: Reference;
      before(async () => {
        audit = await auditFixture(name);
        ours = JSON.parse(JSON.stringify(auditJson(audit))) as Json;
        reference = references()[name]!;
      });

      it('gives the verdicts of the ground truth', () => {
        const { mapArtefact, layout: place, lengthEvidence } = audit.verdicts;
        assert.equal(place.answer, layout, place.reason);
        assert.equal(lengthEvidence.answer, length, lengthEvidence.reason);
        assert.equal(mapArtefact.answer, 'explained', mapArtefact.reason);
      });

      it('predicts alike', () => {
        for (const key of ['n_instances', 'pad_side', 'T'] as const) assert.equal(ours[key], reference[key]);
        assert.deepEqual(ours.predicted, reference.predicted);
        near(ours.accuracy, reference.accuracy, 1e-9);
        near(ours.balanced_accuracy, reference.balanced_accuracy, 1e-9);
        near(ours.chance, reference.chance, 1e-9);
        reference.prob_predicted.forEach((p, i) => {
          near(audit.instances[i]!.probability, p, 1e-4);
        });
      });

      it('finds the same facts of the maps', () => {
        for (const [layer, facts] of Object.entries(reference.maps)) {
          for (const key of ['zone_share', 'class_degeneracy_abs_corr', 'alpha_pollution_corr_real_steps']) {
            nearAll(ours.maps![layer]![key], facts[key], 1e-4, `${layer} ${key}`);
          }
          const [plateau, theirs] = [
            ours.maps![layer]!.plateau_std_over_max!,
            facts.plateau_std_over_max as Json,
          ];
          nearAll(
            plateau,
            { relu: theirs.relu, level_over_max_mean: theirs.level_over_max_mean, n: theirs.n },
            1e-4,
            layer,
          );
        }
      });

      it('splits the logit exactly', () => {
        const split = ours.exact_logit_split_last_conv!;
        const { pad_mean, real_mean, bias_mean, abs_pad_share_mean } = reference.exact_logit_split_last_conv;
        nearAll(split, { pad_mean, real_mean, bias_mean, abs_pad_share_mean }, 1e-4, 'split');
        assert.ok((split.max_abs_gap as unknown as number) < 1e-4);
      });

      it('finds the same flips under every intervention', () => {
        for (const [intervention, figures] of Object.entries(reference.carrier)) {
          const found = ours.carrier![intervention]!;
          for (const figure of ['flip_rate', 'mean_abs_dp', 'balanced_accuracy'] as const) {
            const expected = figures[figure]!;
            const value = found[figure] as unknown as number;
            if (typeof expected === 'number') near(value, expected, 1e-4, `${intervention} ${figure}`);
            // The noise itself is not shipped: its five draws give a range, ours is a mean of five more.
            else
              assert.ok(
                value > expected.min - 0.05 && value < expected.max + 0.05,
                `${intervention} ${figure} ${value}`,
              );
          }
        }
      });

      it('finds the same length evidence', () => {
        const { content_swapped, length_swapped, resample_control } = reference.length_evidence;
        assert.ok(!('unavailable' in audit.lengthEvidence));
        const { lei, lengthSwapped, resampleControl } = audit.lengthEvidence;
        // A mean of ten permutations of sd s is known to about s / √10.
        const { mean, sd } = content_swapped.LEI;
        near(lei.value, mean, 3 * (sd / Math.sqrt(10)) + 0.02, 'LEI');
        // Two means of ten draws each differ by an sd of s·√(2/10); four of those, and one instance.
        const four = ({ sd: s }: { readonly sd: number }) =>
          4 * s * Math.sqrt(0.2) + 1 / audit.instances.length;
        const { flip_rate: swap } = length_swapped;
        near(lengthSwapped.value, swap.mean, four(swap), 'length swapped');
        near(
          resampleControl.value,
          resample_control.flip_rate.mean,
          four(resample_control.flip_rate),
          'control',
        );
        const large = reference.large_set?.LEI.mean;
        if (large !== undefined)
          assert.ok(lei.interval[0] <= large && large <= lei.interval[1], `${large} in ${lei.interval}`);
      });

      it('masks to the same answers as truncating, where the head pools', () => {
        assert.ok(!('unavailable' in audit.masked));
        near(audit.masked.flipRate.value, reference.carrier.truncate!.flip_rate as number, 1e-9);
        near(audit.masked.meanAbsDp.value, reference.carrier.truncate!.mean_abs_dp as number, 1e-4);
      });
    });
  }
});

function near(found: unknown, expected: number, tolerance: number, what = ''): void {
  assert.ok(Math.abs((found as number) - expected) <= tolerance, `${what} ${found} instead of ${expected}`);
}

/** Every number of `expected` that has its counterpart in `found`. */
function nearAll(found: unknown, expected: unknown, tolerance: number, what: string): void {
  if (typeof expected === 'number') near(found, expected, tolerance, what);
  else if (expected && typeof expected === 'object' && !Array.isArray(expected)) {
    for (const [key, value] of Object.entries(expected)) {
      nearAll((found as Record<string, unknown>)[key], value, tolerance, `${what} ${key}`);
    }
  }
}
