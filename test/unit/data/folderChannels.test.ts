import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readDataset } from '../../../src/data/readDataset.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { inFolder } from './inFolder.ts';
import { refusalOf } from './reading.ts';

const STEPS = 24;
const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);
const rows = (of: number, count: number, by: string, first: (row: number) => string = () => ''): string =>
  Array.from(
    { length: count },
    (_, row) =>
      first(row) + Array.from({ length: STEPS }, (__, step) => value(of * 991 + row * STEPS + step)).join(by),
  ).join('\n');
const named = (of: number, count = 6) =>
  `id,${Array.from({ length: STEPS }, (_, step) => `t${step}`).join()}\n${rows(of, count, ',', (row) => `${row},`)}\n`;

describe('a folder with a file for each feature, without a model', () => {
  const { path, put } = inFolder();

  const read = (files: Readonly<Record<string, string>>, options: DataOptions = {}) => {
    put(files);
    return readDataset({ path: path() }, options);
  };

  for (const [what, files, features] of [
    [
      'the signals of UCI HAR',
      { 'Inertial/body_acc_x_train.txt': rows(0, 6, ' '), 'Inertial/body_acc_y_train.txt': rows(1, 6, ' ') },
      ['x', 'y'],
    ],
    ['sensors with names of steps', { 'acc.csv': named(0), 'gyr.csv': named(1) }, ['acc', 'gyr']],
  ] as const) {
    it(`${what}: asked, and both answers read it`, async () => {
      const asked = await refusalOf(read(files));
      assert.ok(asked instanceof ReadingQuestion);
      assert.equal(asked.code, 'ask-file-per-feature');
      const set = await read(files, asked.doubt.ways[0]!.patch.data as DataOptions);
      assert.deepEqual([set.features, set.instances.length, set.instances[0]!.length], [features, 6, STEPS]);
      assert.deepEqual(
        [...set.instances[5]!.values.subarray(STEPS, STEPS + 2)].map((one) => one.toFixed(3)),
        [value(991 + 5 * STEPS), value(992 + 5 * STEPS)],
      );
      await read(files, asked.doubt.ways[1]!.patch.data as DataOptions);
    });
  }

  it('a file called after labels gives the class of each row, or is set aside where rows are instances', async () => {
    const labels = ['5', '1', '1', '4', '2', '5'];
    const files = {
      'body_acc_x_train.txt': rows(0, 6, ' '),
      'body_acc_y_train.txt': rows(1, 6, ' '),
      'y_train.txt': `${labels.join('\n')}\n`,
    };
    const asked = await refusalOf(read(files));
    assert.ok(asked instanceof ReadingQuestion);
    assert.match(asked.message, /The 2 files of .* with their labels in y_train\.txt/);
    const [features, instances] = asked.doubt.ways.map(({ patch }) => patch.data as DataOptions);
    const set = await read(files, features);
    assert.deepEqual(
      set.instances.map(({ label }) => label),
      labels,
    );
    assert.equal(set.plan?.labelFrom, 'y_train.txt');
    const apart = await read(files, instances);
    assert.equal(apart.instances.length, 12);
    assert.match(
      apart.findings.map(({ sentence }) => sentence).join('\n'),
      /y_train\.txt is called after labels/,
    );
    const unlabelled = await read(files, { ...features, label: null });
    assert.ok(unlabelled.instances.every(({ label }) => label === undefined));
    for (const other of ['1\n2\n', '1 2\n'.repeat(6)]) {
      const refused = await refusalOf(read({ ...files, 'y_train.txt': other }, features));
      assert.match(
        refused.message,
        /^y_train\.txt is called after labels, but has (2 lines for 6 instances|6 lines of several cells)/,
      );
    }
  });

  it('other names, other counts and recordings of several features are sets of their own', async () => {
    assert.equal((await read({ 'walk.csv': named(0), 'run.csv': named(1) })).instances.length, 12);
    rmSync(path(), { recursive: true });
    assert.equal((await read({ 'acc.csv': named(0), 'gyr.csv': named(1, 7) })).instances.length, 13);
    rmSync(path(), { recursive: true });
    const table = (of: number) =>
      `time,u,v\n${Array.from({ length: 30 }, (_, at) => [at, value(of + at), value(of + at * 3)].join()).join('\n')}\n`;
    assert.equal((await read({ 'ch1.csv': table(0), 'ch2.csv': table(50) })).features.length, 2);
  });

  it('for a model, tables of signals with names are no features each, however many files there are', async () => {
    const vitals = (of: number) =>
      `HR|O2Sat|Temp|SBP|Age|Gender\n${Array.from({ length: 20 }, (_, at) => [80, 97, 37, 120, 60].map((level, f) => (level + Number(value(of + at * 6 + f))).toFixed(1)).join('|')).join('|1\n')}|1\n`;
    const files = Object.fromEntries([1, 2, 3, 4].map((of) => [`p0000${of}.psv`, vitals(of * 97)]));
    const { message } = await refusalOf(read(files, { input: { layout: 'NFT', features: 4, steps: null } }));
    assert.match(message, /The model takes 4 features, the data has \d/);
  });
});
