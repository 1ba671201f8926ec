import assert from 'node:assert/strict';
import { type Ask, untouched } from '../../../src/padding/ask.ts';
import type { CarrierFigures, CarrierResult } from '../../../src/padding/audit.ts';
import { carrierDependence } from '../../../src/padding/carrier.ts';
import type { ChannelUnits } from '../../../src/padding/refill.ts';
import type { Case } from '../../../src/preprocess/case.ts';
import { createRandom } from '../../../src/random.ts';
import { Refusal } from '../../../src/refusal.ts';
import { answersOf, askRule, level } from './fakeClassifier.ts';

const STEPS = 10;
const shape = { features: 1, steps: STEPS };
const standard: ChannelUnits = {
  mean: Float64Array.of(0),
  sd: Float64Array.of(1),
  rawZero: Float64Array.of(-3),
};

async function changes(
  cases: readonly Case[],
  ask: Ask,
  units = standard,
): Promise<Map<string, CarrierResult>> {
  const answers = await ask(untouched(cases), STEPS);
  const results = await carrierDependence({ cases, answers, shape, units }, ask, createRandom(1));
  return new Map(results.map((result) => [result.intervention, result]));
}
const flipRate = (result: CarrierResult | undefined) => (result as CarrierFigures).flipRate.value;
const reason = (result: CarrierResult | undefined) =>
  result && 'unavailable' in result ? result.unavailable : assert.fail('it is available');

const last = (x: Float32Array) => (x.at(-1)! > 0.5 ? 1 : 0);
const cases = [2, 4, 6, 8].map((length, i) => level(i, 1, length, STEPS, 0));

describe('interventions on the padding', () => {
  it('flip what the rule reads, and nothing else', async () => {
    // The rule reads the last column: 0 while it is padding.
    const found = await changes(cases, askRule(last));
    const rates = Object.fromEntries([...found].map(([name, result]) => [name, flipRate(result)]));
    for (const name of [
      'truncate',
      'own_channel_mean',
      'last_value',
      'reflect',
      'plus_1sd',
      'other_side',
    ] as const)
      assert.equal(rates[name], 1, name);
    for (const name of ['channel_mean', 'zero', 'minus_1sd', 'double_T'] as const)
      assert.equal(rates[name], 0, name);
    // P(standard normal > .5) = .31; a mean over 5 draws of 4 instances.
    assert.ok(rates.noise! > 0 && rates.noise! < 0.8);
    assert.equal((found.get('last_value') as CarrierFigures).meanAbsDp.value, 1);
    assert.equal((found.get('last_value') as CarrierFigures).balancedAccuracy?.value, 0);
  });

  it('padding in the middle has no other side', async () => {
    const mask = Uint8Array.of(1, 1, 1, 0, 0, 0, 0, 1, 1, 1);
    const middle = { ...cases[0]!, mask, length: 6, x: Float32Array.from(mask) };
    const found = await changes([middle, ...cases], askRule(last));
    assert.match(reason(found.get('other_side')), /between real steps/);
    for (const [name, result] of found) {
      if (name !== 'other_side') assert.ok(!('unavailable' in result), name);
    }
  });

  it('a raw zero needs the scaling', async () => {
    const found = await changes(cases, askRule(last), { ...standard, rawZero: null });
    assert.match(reason(found.get('zero')), /attribution\.json \("standardize"/);
    assert.equal([...found.values()].filter((result) => 'unavailable' in result).length, 1);
  });

  it('another length needs a model that takes it, and the reason is the model’s own', async () => {
    const fixed: Ask = (inputs, steps) => {
      if (steps !== STEPS) throw new Refusal('fixed-length', 'Gemm "fc" has the length 10 written into it.');
      return askRule(last)(inputs, steps);
    };
    const found = await changes(cases, fixed);
    for (const name of ['truncate', 'double_T']) {
      assert.equal(reason(found.get(name)), 'Gemm "fc" has the length 10 written into it.');
    }
    assert.equal(flipRate(found.get('last_value')), 1);
  });

  it('a defect is not taken for something unavailable', async () => {
    let asked = 0;
    const broken: Ask = async (inputs) => {
      if (asked++ > 0) throw new TypeError('a defect');
      return answersOf(new Int32Array([...inputs].length));
    };
    await assert.rejects(changes(cases, broken), /a defect/);
  });

  it('leave an instance without padding as it is; where none is padded there is nothing to change', async () => {
    const full = [level(0, 1, STEPS, STEPS, 0), level(1, -1, STEPS, STEPS, 1)];
    const mixed = await changes([...full, cases[0]!], askRule(last));
    for (const [name, result] of mixed) {
      if (name !== 'double_T')
        assert.deepEqual([...(result as CarrierFigures).flipped.subarray(0, 2)], [0, 0]);
    }
    for (const result of (await changes(full, askRule(last))).values()) {
      assert.match(reason(result), /^No instance is padded/);
    }
  });
});
