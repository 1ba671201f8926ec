import assert from 'node:assert/strict';
import type { Dataset, Instance } from '../../../src/data/dataset.ts';
import { rawArray } from '../../../src/engine/own/rawArray.ts';
import { createRandom } from '../../../src/random.ts';

const [FEATURES, LENGTH] = [3, 40];
const BY_ITSELF = [{ kind: 'standardize', by: 'instance' }] as const;
const random = createRandom(3);

/** Series of 10 to 40 real steps with means of 20, −20 and 5 and their own deviations, with zeros behind them. */
function made(index: number, change: (row: Float64Array, real: number) => void): Instance {
  const real = 10 + (index % 31);
  const values = new Float64Array(FEATURES * LENGTH);
  for (const [f, mean] of [20, -20, 5].entries()) {
    const row = values.subarray(f * LENGTH, (f + 1) * LENGTH);
    for (let step = 0; step < real; step++) row[step] = mean + (2 + f) * random.normal();
    change(row, real);
  }
  return { id: String(index), index, length: LENGTH, values, prepared: true };
}

function standardised(row: Float64Array): void {
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
  for (let step = 0; step < row.length; step++) row[step] = (row[step]! - mean) / Math.sqrt(variance);
}

const dataset = (change: (row: Float64Array, real: number) => void): Dataset => ({
  ...{ format: 'npz', layout: 'array', features: ['a', 'b', 'c'], findings: [] },
  instances: Array.from({ length: 60 }, (_, index) => made(index, change)),
});

describe('an array in the shape of a model whose series are standardised one by one', () => {
  it('is raw where its series have other means and deviations, which is said', () => {
    const found = rawArray(
      dataset(() => {}),
      BY_ITSELF,
      'attribution.json',
    );
    assert.equal(found?.code, 'raw-array');
    assert.match(found.sentence, /[ab]: mean −?(19|20|21).* not those of series standardised one by one/);
  });

  it('is ready where they have mean 0 and deviation 1 over their real steps, or with their padding', () => {
    const real = dataset((row, length) => standardised(row.subarray(0, length)));
    const all = dataset((row) => standardised(row));
    for (const one of [real, all]) assert.equal(rawArray(one, BY_ITSELF, 'attribution.json'), undefined);
  });
});
