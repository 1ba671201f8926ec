import assert from 'node:assert/strict';
import { flipsOf } from '../../../src/engine/repair/judge.ts';
import { unavailableFigures } from '../../../src/export/text/unavailableFigures.ts';
import type { CarrierFigures, Intervention } from '../../../src/padding/audit.ts';
import { wilsonRate } from '../../../src/padding/estimate.ts';
import { layoutChanges, layoutVerdict } from '../../../src/padding/verdicts/layoutVerdict.ts';
import { lookChanges, lookVerdict } from '../../../src/padding/verdicts/lookVerdict.ts';
import { unchecked } from '../../../src/repair/leftOver.ts';

const NONE = { value: { unavailable: '' }, side: { unavailable: '' } };
const flips = (intervention: Intervention, rate: number, n = 60): CarrierFigures => ({
  intervention,
  flipRate: wilsonRate(rate, n),
  meanAbsDp: wilsonRate(0, n),
  balancedAccuracy: null,
  worst: { id: 'a', index: 0, dp: 0 },
  flipped: new Uint8Array(n),
});

describe('figures of a repair that come from the audit', () => {
  it('the worst flip has the interval that the audit gives the worst of so many', () => {
    const results = [
      ...(['channel_mean', 'zero', 'last_value', 'reflect', 'noise'] as const).map((name, k) =>
        flips(name, 0.6 - k / 10),
      ),
      ...(['truncate', 'other_side'] as const).map((name) => flips(name, 0.3)),
    ];
    for (const layout of [true, false]) {
      const verdict = (layout ? layoutVerdict : lookVerdict)(results, NONE, 60, 60);
      const found = flipsOf(layout ? layoutChanges(results, NONE) : lookChanges(results), verdict);
      assert.ok('interval' in found);
      assert.deepEqual(
        [found.value, ...found.interval],
        [verdict.numbers.worstFlipRate, verdict.numbers.low, verdict.numbers.high],
      );
      assert.ok(found.interval[0] < wilsonRate(found.value, 60).interval[0] - 0.005);
      assert.equal(found.changes, layout ? 2 : 5);
    }
  });

  it('leaves out dropping the padding where its value carries the class, as the audit does', () => {
    const evidence = { ...NONE, value: { value: 0.9, interval: [0.8, 1], n: 60 } } as const;
    const results = [flips('truncate', 0.6), flips('other_side', 0.3), flips('noise', 0.1)];
    const verdict = layoutVerdict(results, evidence, 60, 60);
    const found = flipsOf(layoutChanges(results, evidence), verdict);
    assert.ok('interval' in found);
    assert.deepEqual([found.value, found.changes, found.interval[0]], [0.3, 1, verdict.numbers.low]);
  });

  it('says below the table why a figure is a dash, once for all of one reason', () => {
    const none = (unavailable: string) => ({ unavailable });
    const figures = {
      layout: none('No change.'),
      look: none('No change.'),
      lengthEvidence: none('One length.'),
    };
    const all = [
      { name: 'as trained', ...figures },
      { name: 'masked', ...figures, lengthEvidence: none('At chance.') },
    ];
    assert.deepEqual(unavailableFigures(all), [
      '–: layout of as trained, masked. No change.',
      '–: look of as trained, masked. No change.',
      '–: length evidence of as trained. One length.',
      '–: length evidence of masked. At chance.',
    ]);
  });

  it('says of the file itself what was not measured on it', () => {
    const rate = { ...wilsonRate(0, 60), answer: 'robust', worst: 'noise', changes: 8 } as const;
    const written = {
      ...({ epochs: null, form: 'drop-in', padding: null, agreement: wilsonRate(1, 60) } as const),
      ...{ layout: { unavailable: 'Padding stands between real steps.' }, look: rate },
    };
    assert.deepEqual(unchecked(written), [
      'Whether answers of the file flip when the padding lies elsewhere was not measured: Padding stands between real steps.',
    ]);
    assert.deepEqual(unchecked({ ...written, layout: rate }), []);
  });
});
