import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { prepare } from '../../../src/preprocess/prepare.ts';
import { codes, readText, refusalOf } from '../data/reading.ts';
import { readingCases } from './judge.ts';

const src = join(import.meta.dirname, '../../../src');

/** What must stop a silent answer: where its rule stands, and files of `test/fixtures/reading` that it is tried on. */
const doubts: readonly (readonly [doubt: string, rule: string, cases: readonly string[]])[] = [
  ['series of one or two steps where the file is one', 'data/csv/layout.ts', ['time_bracket', 'value_label']],
  ['cases of few steps where the file is as long as one', 'data/csv/shortCases.ts', ['window_id']],
  ['a width of T + 1 or T + 2', 'data/csv/stepColumns.ts', ['heartbeat_last', 'row_number_wide']],
  ['the same in a matrix of an array file', 'data/numpy/flatArray.ts', ['column_vector']],
  ['a feature that counts, is an id or a class', 'data/csv/counterFeature.ts', ['id_time', 'glove']],
  ['more columns than features', 'data/csv/featureColumns.ts', ['gesture_column', 'activity_column']],
  ['numbers as names', 'data/csv/headerOfNumbers.ts', ['wide_time_header', 'sensor_numbers']],
  ['numbers before the table', 'data/csv/numericPreamble.ts', ['wristband_ACC', 'preamble_numeric']],
  [
    'text, comments and units before the table',
    'data/csv/tableForm.ts',
    ['comment_hash', 'units_row', 'tilde'],
  ],
  ['recordings told apart by columns', 'data/csv/recordingsQuestion.ts', ['file_gesture', 'subject_trial']],
  ['times that start again', 'data/csv/splits.ts', ['percent_preamble', 'label_sample']],
  ['a label that changes on the way', 'data/csv/continuous.ts', ['value_label_changes']],
  ['two equal values at an end', 'preprocess/guessedRun.ts', ['repeated_ends', 'ints_zero_end']],
  ['a mask the other way round', 'data/numpy/invertedMask.ts', ['mask_true_is_padding']],
  ['too many steps', 'preprocess/fitLength.ts', ['row_number_wide_truncate', 'flat_names']],
  ['flattened windows', 'data/csv/flatColumns.ts', ['flat_names']],
  ['another order of the classes', 'engine/labels/labelOrder.ts', ['header_order', 'numbered_classes']],
  ['labels beside classes without names', 'engine/classNames.ts', ['int_labels', 'label_float']],
  ['raw values for a model that knows others', 'engine/inputNormFindings.ts', ['raw32', 'padded_inside']],
];

const value = (at: number) => ((Math.sin(at * at) * 43758.5) % 1).toFixed(3).replace(/0$/, '7');
const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at));
const model = (features: number, steps: number | null): DataOptions => ({
  input: { layout: 'NFT', features, steps },
});
const asked = async (text: string, options: DataOptions) => refusalOf(readText(text, options));

describe('reading: doubts that stop a silent answer', () => {
  it('have a rule and a file each', () => {
    const known = new Set(readingCases().map(({ id }) => id));
    for (const [doubt, rule, cases] of doubts) {
      assert.ok(existsSync(join(src, rule)), `${doubt}: ${rule}`);
      assert.deepEqual(
        cases.filter((id) => !known.has(id)),
        [],
        doubt,
      );
    }
  });

  it('cases of few rows, in a file as long as the model takes', async () => {
    const text = `recording,a,b\n${lines(60, (at) => `w${at >> 1},${value(at)},${value(at + 99)}`).join('\n')}\n`;
    const refused = await asked(text, model(2, 60));
    assert.equal(refused.code, 'ask-few-steps');
    assert.match(refused.message, /60 rows and the model takes 60 steps.*tells 30 series of at most 2 apart/);
    assert.equal((await readText(text, { ...model(2, 60), case: 'recording' })).instances.length, 30);
    assert.equal((await readText(text, model(2, 4))).instances.length, 30);
  });

  it('an id among the features, whatever its numbers; a number that varies on the way is none', async () => {
    const row = (at: number) => `T${at >> 4},${at % 16},${value(at)},${100 + 7 * (at >> 4)}`;
    const refused = await asked(`trial,t,a,person_code\n${lines(64, row).join('\n')}\n`, model(2, 16));
    assert.match(refused.message, /person_code is one whole number through each instance/);
    const real = (at: number) => `T${at >> 4},${at % 16},${value(at)},${1.5 + (at >> 4)}`;
    assert.deepEqual(
      (await readText(`trial,t,a,b\n${lines(64, real).join('\n')}\n`, model(2, 16))).features,
      ['a', 'b'],
    );
  });

  it('one whole number throughout a recording; a sensor between others that is off is none', async () => {
    const text = (names: string, last: (at: number) => string) =>
      `time,${names}\n${lines(30, (at) => `${at / 50},${last(at)}`).join('\n')}\n`;
    const refused = await asked(
      text('a,b,rate', (at) => `${value(at)},${value(at + 50)},50`),
      model(3, 30),
    );
    assert.match(refused.message, /rate is one whole number/);
    const off = await readText(
      text('a,b,c', (at) => `${value(at)},0,${value(at + 50)}`),
      model(3, 30),
    );
    assert.ok(codes(off).includes('constant-feature'));
  });

  it('a mask of true and false', async () => {
    const row = (at: number) =>
      at % 20 < 14
        ? `s${at < 20 ? 1 : 2},${value(at)},${value(at + 50)},False`
        : `s${at < 20 ? 1 : 2},0,0,True`;
    const text = `id,a,b,padding_mask\n${lines(40, row).join('\n')}\n`;
    assert.equal((await asked(text, model(2, 20))).code, 'ask-mask-column');
    const { instances, findings } = await readText(text, { ...model(2, 20), maskColumn: 'padding_mask' });
    assert.deepEqual(
      instances.map(({ mask }) => mask!.reduce((sum, on) => sum + on, 0)),
      [14, 14],
    );
    assert.ok(findings.some(({ code }) => code === 'mask-turned'));
  });

  it('zeros at an end that come as often on the way are counts', () => {
    const steps = 12;
    const real = (values: readonly number[]) => {
      const instance = { id: '0', index: 0, length: steps, values: Float64Array.from(values) };
      const options = { steps: [], mask: { kind: 'auto' } } as const;
      return prepare({ features: ['n'] }, instance, { features: 1, steps }, options).length;
    };
    assert.equal(real([3, 1, 0, 0, 2, 1, 4, 2, 1, 2, 0, 0]), 12);
    assert.equal(real([3, 1, 0, 0, 2, 1, 4, 2, 1, 0, 0, 0]), 9);
  });

  it('too many steps: windows are named first; too few features before them', () => {
    const run = (features: number) => {
      const instance = {
        id: '0',
        index: 0,
        length: 90,
        values: Float64Array.from({ length: 90 * features }, (_, at) => Math.sin(at)),
      };
      const names = ['a', 'b', 'c'].slice(0, features);
      return () =>
        prepare(
          { features: names },
          instance,
          { features: 3, steps: 60 },
          { steps: [], mask: { kind: 'auto' } },
        );
    };
    assert.throws(run(3), /90 steps, more than the 60 the model takes: cut a long recording into windows/);
    assert.throws(run(2), /takes 3 features, the data has 2/);
  });

  for (const [what, text, says] of [
    [
      'a pointer of Git LFS',
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
      /git lfs pull/,
    ],
    ['a web page', '<!DOCTYPE html>\n<html><body>Not found</body></html>\n', /web page/],
    ['JSON', '{"a": [1, 2, 3], "b": [4, 5, 6]}\n', /is JSON, not a table/],
  ] as const) {
    it(`${what} under the name of a table`, async () => {
      assert.match((await refusalOf(readText(text))).message, says);
    });
  }
});
