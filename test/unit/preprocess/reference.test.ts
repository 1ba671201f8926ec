import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Dataset } from '../../../src/data/dataset.ts';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { readDataset } from '../../../src/data/readDataset.ts';
import { type PrepareOptions, prepare } from '../../../src/preprocess/prepare.ts';
import { fitStatistics } from '../../../src/preprocess/statistics.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';

interface ModelNumbers {
  readonly F: number;
  readonly T: number;
  readonly feature_names: readonly string[];
  readonly standardization: { readonly mean: number[]; readonly std: number[] };
}

async function modelNumbers(name: string): Promise<ModelNumbers> {
  return JSON.parse(await readFile(referenceFile(`${name}.json`), 'utf8'));
}

function pipeline({ standardization: { mean, std } }: ModelNumbers): PrepareOptions {
  return {
    steps: [
      { kind: 'standardize', by: 'given', mean, std },
      { kind: 'pad', to: null, value: 0, side: 'end' },
    ],
    mask: { kind: 'auto' },
  };
}

/** Largest difference between what we prepare and what the reference fed its model. */
async function compare(name: string, dataset: Dataset): Promise<void> {
  const model = await modelNumbers(name);
  const reference = readNpz(await readFile(referenceFile(`${name}.ref.npz`)), name);
  const numbers = (key: string): number[] =>
    Array.from(reference.get(key)!.data as ArrayLike<unknown>, Number);
  const x = numbers('x');
  const lengths = numbers('L');
  const cases = numbers('case');
  // A file that is kept in part has some of them.
  const kept = [...cases.entries()].filter(([, index]) => index < dataset.instances.length);
  assert.ok(kept.length > 0);
  for (const [row, index] of kept) {
    const prepared = prepare(
      dataset,
      dataset.instances[index]!,
      { features: model.F, steps: model.T },
      pipeline(model),
    );
    const expected = x.slice(row * model.F * model.T, (row + 1) * model.F * model.T);
    const worst = Math.max(...expected.map((value, at) => Math.abs(value - prepared.x[at]!)));
    assert.ok(worst <= 1e-5, `case ${index}: ${worst}`);
    assert.equal(prepared.length, lengths[row]);
    assert.deepEqual(
      [...prepared.source.slice(0, lengths[row])],
      Array.from({ length: lengths[row]! }, (_, step) => step),
    );
    assert.ok(prepared.source.slice(lengths[row]).every((step) => step === -1));
  }
}

describe('prepared input equals the reference', () => {
  for (const name of ['xcm_content_w26', 'inceptiontime_content']) {
    it(`padded30_content.csv for ${name}`, async () => {
      await compare(name, await readDataset({ path: referenceFile('padded30/padded30_content.csv') }, {}));
    });
  }

  it('padded30_content.ts for xcm_content_w26', async () => {
    const { feature_names: features } = await modelNumbers('xcm_content_w26');
    await compare(
      'xcm_content_w26',
      await readDataset({ path: referenceFile('padded30/padded30_content.ts') }, { features }),
    );
  });

  it('JapaneseVowels_TEST.ts for jv_xcm', async () => {
    const path = referenceFile('JapaneseVowels/JapaneseVowels_TEST.ts');
    await compare('jv_xcm', await readDataset({ path }, {}));
  });

  it('statistics from the training file are those the model was trained with', async () => {
    const path = referenceFile('JapaneseVowels/JapaneseVowels_TRAIN.ts');
    const { mean, std } = fitStatistics(await readDataset({ path }, {}));
    const { standardization } = await modelNumbers('jv_xcm');
    for (const [feature, value] of standardization.mean.entries()) {
      assert.ok(Math.abs(value - mean[feature]!) < 1e-6);
      assert.ok(Math.abs(standardization.std[feature]! - std[feature]!) < 1e-6);
    }
  });
});
