import assert from 'node:assert/strict';
import { type PreprocessingFacts, preprocessingChecks } from '../../../src/padding/preprocessingChecks.ts';
import type { Case } from '../../../src/preprocess/case.ts';

/** One instance of F features: `rows[f]` is its T values; `mask` a word of `1` (real) and `0` (padding). */
function instance(id: string, mask: string, ...rows: number[][]): Case {
  const values = Uint8Array.from(mask, Number);
  const length = values.reduce((sum, one) => sum + one, 0);
  return { id, index: 0, x: Float32Array.from(rows.flat()), mask: values, length, label: null };
}

function check(cases: readonly Case[], over: Partial<PreprocessingFacts> = {}) {
  const [features, steps] = [cases[0]!.x.length / cases[0]!.mask.length, cases[0]!.mask.length];
  const names = Array.from({ length: features }, (_, f) => `f${f}`);
  return preprocessingChecks({ cases, shape: { features, steps }, features: names, rawZero: null, ...over });
}

const codes = (...given: Parameters<typeof check>) => check(...given).map(({ code }) => code);
const sentence = (code: string, ...given: Parameters<typeof check>) =>
  check(...given).find((finding) => finding.code === code)?.sentence ?? assert.fail(`no ${code}`);

const end = instance('a', '1110', [1, -1, 0.5, 0]);

describe('preprocessing checks', () => {
  it('nothing padded: says so and nothing about padding', () => {
    assert.deepEqual(codes([instance('a', '1111', [1, -1, 1, -1])]), ['no-padding']);
  });

  it('the side, and how much of the columns is padding', () => {
    const words = sentence('padding-side', [end, instance('b', '1000', [1, 0, 0, 0])]);
    // (1/4 + 3/4) / 2
    assert.match(words, /2 instances are padded \(end\); on average 50 % of their columns/);
    assert.match(sentence('padding-side', [instance('a', '0111', [0, 1, -1, 2])]), /\(front\)/);
    assert.match(sentence('padding-side', [instance('a', '1011', [1, 0, -1, 2])]), /\(middle\)/);
  });

  it('a side that differs between instances warns', () => {
    const front = instance('b', '0111', [0, 1, -1, 2]);
    assert.match(sentence('padding-sides-differ', [end, front]), /\(end, front\).*which the model may read/);
  });

  it('padding at the channel mean is fine', () => {
    assert.deepEqual(codes([end]), ['padding-side', 'padding-is-mean']);
  });

  it('padding at −μ/σ was padded before standardising', () => {
    // Raw zeros standardised with μ = 6, σ = 3 and μ = −1, σ = 2 stand at −2 and .5.
    const early = instance('a', '1110', [1, -1, 0, -2], [2, -1, 0, 0.5]);
    const given = { rawZero: Float64Array.of(-2, 0.5) };
    assert.ok(codes([early], given).includes('padded-before-standardising'));
    assert.ok(!codes([early], { rawZero: Float64Array.of(-2, 0.6) }).includes('padded-before-standardising'));
    assert.match(sentence('padding-not-zero', [early]), /not 0 in the model's units \(up to 2\.0\)/);
  });

  it('padding of several values is not plain padding', () => {
    const found = codes([instance('a', '1100', [1, -1, 0, 3])]);
    assert.ok(found.includes('padding-not-constant'));
    const between = [instance('a', '1110', [1, -1, 2, 0]), instance('b', '1110', [1, -1, 2, 7])];
    assert.ok(codes(between).includes('padding-not-constant'));
  });

  it('μ and σ over all cells instead of the real ones', () => {
    // Real .8 ± d and padding −.8: over all four cells the mean is 0 and the variance (2·.8² + d²)/2 = 1.
    const d = Math.sqrt(2 - 2 * 0.64);
    const polluted = instance('a', '1100', [0.8 - d, 0.8 + d, -0.8, -0.8]);
    assert.ok(codes([polluted]).includes('statistics-polluted'));
    const clean = instance('a', '1100', [-1, 1, 0, 0]);
    assert.ok(!codes([clean]).includes('statistics-polluted'));
  });

  it('a real step beside the padding that looks like it', () => {
    const zeroAtTheEnd = instance('late', '1110', [1, -1, 0, 0], [2, -2, 0, 0]);
    assert.match(sentence('real-steps-like-padding', [zeroAtTheEnd]), /In 1 instance \(first: late\)/);
    // Zero in one feature alone is no padding, nor is a zero inside the series.
    assert.ok(
      !codes([instance('a', '1110', [1, -1, 0, 0], [2, -2, 1, 0])]).includes('real-steps-like-padding'),
    );
    assert.ok(!codes([instance('a', '1110', [1, 0, -1, 0])]).includes('real-steps-like-padding'));
    // Padding that repeats the edge is always like it: of two series it shows, of one it has to be told.
    const [one, other] = [instance('a', '1100', [1, 2, 2, 2]), instance('b', '0111', [5, 5, 4, 3])];
    assert.ok(!codes([one, other]).includes('real-steps-like-padding'));
    assert.ok(codes([one, instance('b', '1110', [5, 4, 3, 0])]).includes('real-steps-like-padding'));
    assert.ok(codes([one]).includes('real-steps-like-padding'));
    assert.ok(!codes([one], { edgePadded: true }).includes('real-steps-like-padding'));
  });

  it('channels that never move on real steps', () => {
    const still = instance('a', '1110', [3, 3, 3, 0], [1, -1, 2, 0]);
    assert.equal(sentence('constant-channels', [still]), 'Constant over all real steps: f0.');
    const many = instance('a', '1110', ...Array.from({ length: 8 }, () => [2, 2, 2, 0]));
    assert.match(sentence('constant-channels', [many]), /f0, f1, f2, f3, f4 and 3 more/);
    assert.ok(!codes([end]).includes('constant-channels'));
  });
});
