import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import type { Dataset } from '../../../src/data/dataset.ts';
import { SeriesTable } from '../../../src/export/cluster/seriesTable.ts';
import { readBytes, refusalOf, rowsOf } from './reading.ts';

const folder = join(import.meta.dirname, '../../fixtures/parquet/lists');
const truth = JSON.parse(readFileSync(join(folder, 'lists.json'), 'utf8')) as {
  readonly series: readonly number[][][];
  readonly labels: readonly string[];
  readonly ids: readonly string[];
};
const read = (name: string, options: DataOptions = {}) =>
  readBytes(readFileSync(join(folder, name)), options, name);

/** [F][L] of each instance, its real steps alone. */
function realSteps({ instances }: Dataset): number[][][] {
  return instances.map((instance) => {
    const real = instance.mask ?? new Uint8Array(instance.length).fill(1);
    return rowsOf(instance).map((row) => row.filter((_, step) => real[step] === 1));
  });
}

describe('Parquet whose columns hold lists, as pyarrow writes it', () => {
  it('has a feature in each column, where the lists of a row are of one length', async () => {
    const set = await read('feature_columns.parquet', { label: 'activity' });
    assert.deepEqual(
      [set.format, set.layout, set.features],
      ['parquet', 'array', ['acc_x', 'acc_y', 'acc_z']],
    );
    assert.deepEqual(realSteps(set), truth.series);
    assert.deepEqual(
      set.instances.map(({ id, label }) => [id, label]),
      truth.ids.map((id, row) => [id, truth.labels[row]]),
    );
    assert.match(
      set.findings[0]!.sentence,
      /columns acc_x, acc_y, acc_z hold lists of one length in each row/,
    );
    assert.equal(
      (await read('feature_columns.parquet', { features: ['acc_z', 'acc_x'] })).features[0],
      'acc_z',
    );
    // Lists that are shorter hold no NaN.
    assert.equal(set.maskOrigin, 'the lengths of the lists in the file');
    assert.ok(set.findings.some(({ sentence }) => /3 series are shorter than the longest/.test(sentence)));
  });

  it('has whole series in one column, a list for each feature or for each step', async () => {
    const byFeature = await read('series_ft.parquet');
    assert.deepEqual(realSteps(byFeature), truth.series);
    assert.deepEqual(
      byFeature.instances.map(({ label }) => label),
      truth.labels,
    );
    const byStep = await read('series_tf.parquet');
    assert.deepEqual(realSteps(byStep), truth.series);
    assert.deepEqual(
      byStep.instances.map(({ label }) => label),
      ['2', '0', '2', '1'],
    );
  });

  it('has one feature in a column of lists, with lengths beside it', async () => {
    const set = await read('one_feature.parquet');
    assert.deepEqual(
      realSteps(set).map(([row]) => row),
      truth.series.map(([first]) => first!.map(Math.fround)),
    );
    assert.equal(set.maskOrigin, 'array n_steps in the file');
    const input = { layout: 'NFT', features: 4, steps: 6 } as const;
    const four = await read('one_feature.parquet', { input });
    assert.deepEqual([four.features.length, four.instances.length], [1, 4], 'rows are never features');
  });

  it('has missing values where lists hold nulls', async () => {
    const { code, message } = await refusalOf(read('series_gap.parquet'));
    assert.deepEqual([code, /instance 1, feature f2, step 1/.test(message)], ['missing-value', true]);
    const set = await read('series_gap.parquet', { missing: 'zero' });
    assert.equal(realSteps(set)[1]![2]![1], 0);
  });

  it('is refused with its own reason', async () => {
    const cases: Readonly<Record<string, readonly [string, RegExp]>> = {
      'inner.parquet': ['parquet-lists', /row 0, column "x": the first list has 2 numbers, list 2 has 1/],
      'both.parquet': ['parquet-lists', /"x" has neither as many lists in every row nor lists of one length/],
      'records.parquet': ['parquet-nested', /column "meta" holds records of several fields.* without "meta"/],
      'texts.parquet': ['parquet-nested', /column "tags" holds lists of something other than numbers/],
      'empty_list.parquet': ['parquet-lists', /row 1, column "x": there is no list/],
      'null_list.parquet': ['parquet-lists', /row 1, column "x": there is no list/],
    };
    for (const [name, [code, sentence]] of Object.entries(cases)) {
      const refusal = await refusalOf(read(name));
      assert.equal(refusal.code, code, `${name}: ${refusal.message}`);
      assert.match(refusal.message, sentence);
    }
  });

  it('asks which of several lists of other lengths is the series, and takes the answer', async () => {
    const asked = await refusalOf(read('uneven.parquet'));
    assert.match(asked.message, /several columns of lists that differ in length \(a, b\)/);
    const chosen = await read('uneven.parquet', { array: 'b' });
    assert.deepEqual(realSteps(chosen), [[[1, 2, 3]], [[4]]]);
    assert.match((await refusalOf(read('uneven.parquet', { array: 'c' }))).message, /no column of lists "c"/);
  });
});

describe('Ids beside lists', () => {
  const read4 = async (ids: string[]) => {
    const table = new SeriesTable({ series: 'DOUBLE', mask: false });
    const part = { features: 1, steps: 2, ids, labels: ids.map(() => null), lengths: ids.map(() => 2) };
    const values = Float64Array.from({ length: 2 * ids.length }, (_, at) => at * at);
    const bytes = Buffer.concat([
      await table.add({ ...part, values, masks: new Uint8Array(values.length).fill(1) }),
      await table.end(),
    ]);
    return readBytes(bytes, {}, 'persons.parquet');
  };

  it('that come again are those of persons; one that stands twice is refused', async () => {
    const { instances } = await read4(['p', 'p', 'q', 'q']);
    assert.deepEqual(
      instances.map(({ id, label }) => [id, label]),
      ['0', '1', '2', '3'].map((id) => [id, undefined]),
    );
    assert.match((await refusalOf(read4(['a', 'b', 'c', 'a']))).message, /both "a"/);
  });
});

describe('The table that an explainer writes for a cluster', () => {
  it('is read as the series it was made of', async () => {
    const table = new SeriesTable({ series: 'DOUBLE', mask: true });
    const part = {
      ...{ features: 2, steps: 3, ids: ['a', 'b'], labels: ['walk', null], lengths: [2, 3] },
      values: Float64Array.from([1, 2, 0, 4, 5, 0, 7, 8, 9, 10, 11, 12]),
      masks: Uint8Array.from([1, 1, 0, 1, 1, 1]),
    };
    const bytes = Buffer.concat([await table.add(part), await table.end()]);
    const set = await readBytes(bytes, {}, 'series.parquet');
    assert.deepEqual(
      set.instances.map(({ id, label }) => [id, label]),
      [
        ['a', 'walk'],
        ['b', undefined],
      ],
    );
    assert.deepEqual(realSteps(set), [
      [
        [1, 2],
        [4, 5],
      ],
      [
        [7, 8, 9],
        [10, 11, 12],
      ],
    ]);
  });
});
