import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readDataset } from '../../../src/data/readDataset.ts';
import { inFolder } from './inFolder.ts';
import { refusalOf, rowsOf } from './reading.ts';

/** A recording of `rows` steps whose first value tells which it is. */
function table(rows: number, mark = 0, columns = ['time', 'ax', 'ay', 'az']): string {
  const row = (step: number) =>
    columns.map((name, at) => (name === 'time' ? (step * 0.02).toFixed(2) : `${mark}.${at}${step % 7}`));
  return `${[columns, ...Array.from({ length: rows }, (_, step) => row(step))].map((cells) => cells.join()).join('\n')}\n`;
}

describe('a folder as one data set', () => {
  const { path, put } = inFolder();
  const read = (below = '', options: DataOptions = {}) => readDataset({ path: path(below) }, options);
  const labels = async (below = '', options: DataOptions = {}) =>
    (await read(below, options)).instances.map(({ label }) => label);

  it('has an instance per file, in the order of their names, the class from the folder', async () => {
    put({
      'walk/b.csv': table(9, 3),
      'run/a.csv': table(12, 1),
      'run/b.csv': table(8, 2),
      'walk/c.csv': table(30, 4),
    });
    const { instances, findings, features, plan } = await read();
    assert.deepEqual(features, ['ax', 'ay', 'az']);
    assert.deepEqual(
      instances.map(({ id, index, label, length }) => [id, index, label, length]),
      [
        ['run/a.csv', 0, 'run', 12],
        ['run/b.csv', 1, 'run', 8],
        ['walk/b.csv', 2, 'walk', 9],
        ['walk/c.csv', 3, 'walk', 30],
      ],
    );
    assert.equal(instances[2]!.file, 'walk/b.csv');
    assert.deepEqual(rowsOf(instances[2]!)[0]!.slice(0, 2), [3.1, 3.11]);
    assert.equal(instances[2]!.lines![0], 2);
    assert.match(findings.map(({ sentence }) => sentence).join(), /4 files/);
    assert.deepEqual(plan?.steps, [8, 30]);
  });

  it('takes the class from what comes again in the names', async () => {
    put({ 'walk_01.csv': table(9), 'walk_02.csv': table(9), 'run-1.csv': table(9), 'run-2.csv': table(9) });
    assert.deepEqual(await labels(), ['run', 'run', 'walk', 'walk']);
  });

  it('takes persons and splits for no classes', async () => {
    put({ 'train/s1/walk_1.csv': table(9), 'train/s1/run_1.csv': table(9) });
    put({ 'test/s2/walk_1.csv': table(9), 'test/s2/run_1.csv': table(9) });
    assert.deepEqual(await labels(), ['run', 'walk', 'run', 'walk']);
    assert.ok((await read()).findings.some(({ code }) => code === 'folder-splits'));
  });

  it('knows the classes where somebody named them, and asks where two places could hold them', async () => {
    put({
      'a/walk/1.csv': table(9),
      'a/run/1.csv': table(9),
      'b/walk/1.csv': table(9),
      'b/run/1.csv': table(9),
    });
    assert.match(
      (await refusalOf(read())).message,
      /folder 1 from the top \(a, b\).*--set data\.labelFrom=folder\b/,
    );
    assert.deepEqual(await labels('', { labelFrom: 'folder:1' }), ['a', 'a', 'b', 'b']);
    assert.deepEqual(await labels('', { classes: ['walk', 'run', 'sit'] }), ['run', 'walk', 'run', 'walk']);
    assert.deepEqual(await labels('', { label: null }), [undefined, undefined, undefined, undefined]);
    assert.match((await refusalOf(read('', { labelFrom: 'file:4' }))).message, /no such part in common/);
  });

  it('asks whether folders of numbers are classes or persons', async () => {
    put({ '1/a.csv': table(9), '1/b.csv': table(9), '2/a.csv': table(9), '2/b.csv': table(9) });
    assert.equal((await refusalOf(read())).code, 'ask-folder-label');
  });

  it('leaves the class to a label column, and keeps many instances of a file apart', async () => {
    const long = (label: string) =>
      `case,label,a\n${['x', 'y'].flatMap((id) => Array.from({ length: 5 }, (_, at) => `${id},${label},${at}.5`)).join('\n')}\n`;
    put({ 'p/one.csv': long('up'), 'q/two.csv': long('down') });
    const { instances } = await read();
    assert.deepEqual(
      instances.map(({ id, label }) => [id, label]),
      [
        ['p/one.csv x', 'up'],
        ['p/one.csv y', 'up'],
        ['q/two.csv x', 'down'],
        ['q/two.csv y', 'down'],
      ],
    );
  });

  it('reads the others as the largest: a short file shows too little, columns may stand otherwise', async () => {
    put({ 'a.csv': table(3, 1), 'b.csv': table(40, 2), 'c.csv': table(9, 3, ['az', 'time', 'ax', 'ay']) });
    const { features, instances, cells } = await read();
    assert.deepEqual(features, ['ax', 'ay', 'az']);
    assert.equal(instances[0]!.length, 3);
    assert.deepEqual(
      rowsOf(instances[2]!).map(([first]) => first),
      [3.2, 3.3, 3],
    );
    assert.equal(cells, undefined);
    const input = { layout: 'NFT', features: 3, steps: null } as const;
    const asked = await refusalOf(read('', { input }));
    assert.equal(asked.code, 'ask-feature-order');
    assert.match(asked.message, /if the order is ax, ay, az, as in 2 files.*az, ax, ay, as in 1 file/);
    const said = await read('', { input, features: ['ax', 'ay', 'az'] });
    assert.deepEqual(rowsOf(said.instances[2]!)[0]![0], 3.2);
  });

  it('takes the class from a table that names the files, and says which files it leaves out', async () => {
    put({ 'r1.csv': table(9), 'r2.csv': table(9), 'd/r3.csv': table(9) });
    put({ 'labels.csv': 'filename;subject;activity\nr1.csv;2;walk\nr2;1;run up\nd/r3.csv;1;walk\n' });
    assert.deepEqual(await labels(), ['walk', 'walk', 'run up']);
    put({ 'labels.csv': 'r1.csv,0\nr2.csv,1\nr3.csv,0\n' });
    assert.deepEqual(await labels(), ['0', '0', '1']);
    put({ 'labels.csv': 'file,label\nr1.csv,0\nr2.csv,1\n' });
    assert.match((await refusalOf(read())).message, /class of 2 files, but none of d\/r3\.csv/);
    put({ 'labels.csv': 'file,age,weight\nr1.csv,30,80\nr2.csv,31,70\nr3,32,71\n' });
    assert.match((await refusalOf(read())).message, /file, age, weight\) is the class is not plain/);
  });

  it('reads rows that are features from every file', async () => {
    const row = (mark: number) => Array.from({ length: 12 }, (_, step) => `${mark}.${step}`).join();
    put({ 'walk/a.csv': `${row(1)}\n${row(2)}\n`, 'run/b.csv': `${row(3)}\n${row(4)}\n` });
    const { layout, instances } = await read('', {
      input: { layout: 'NFT', features: 2, steps: 12 },
      labelFrom: 'folder',
    });
    assert.equal(layout, 'transposed');
    assert.deepEqual(
      instances.map((one) => [one.label, rowsOf(one).map(([first]) => first)]),
      [
        ['run', [3, 4]],
        ['walk', [1, 2]],
      ],
    );
  });

  it('refuses a file with other columns by its name', async () => {
    put({ 'a/1.csv': table(20), 'b/2.csv': table(9, 0, ['time', 'ax', 'ay', 'az', 'temp']) });
    const { code, message } = await refusalOf(read());
    assert.equal(code, 'folder-columns');
    assert.match(message, /^b\/2\.csv is not made like a\/1\.csv.*temp/);
    assert.equal((await read('', { features: ['ax', 'ay'] })).instances.length, 2);
    put({ 'b/2.csv': table(9, 0, ['time', 'ax', 'ay']) });
    assert.match((await refusalOf(read())).message, /^b\/2\.csv .*\baz\b/);
  });

  it('passes hidden files, notes and links over, and refuses several kinds', async () => {
    put({
      'd/a.csv': table(9),
      'd/.b.csv': table(9),
      'd/.git/c.csv': table(9),
      'd/README.txt': 'notes',
      'out.csv': table(9),
    });
    symlinkSync(path('out.csv'), path('d', 'link.csv'));
    symlinkSync('..', path('d', 'up'));
    const { instances, findings } = await read('d');
    assert.deepEqual(
      instances.map(({ id }) => id),
      ['a.csv'],
    );
    assert.match(findings[0]!.sentence, /2 links not followed, 1 \.txt file left aside/);
    put({ 'd/b.ts': '@data' });
    assert.match((await refusalOf(read('d'))).message, /several kinds \(1 \.csv, 1 \.ts\).*d\/\*\*\/\*\.csv/);
    mkdirSync(path('none'));
    assert.equal((await refusalOf(read('none'))).code, 'folder-empty');
  });

  it('reads what a pattern finds, and no more', async () => {
    put({
      'w/a_1.csv': table(9),
      'w/a_2.csv': table(9),
      'r/a_1.csv': table(9),
      'r/b.npy': 'x',
      '[1].csv': table(9),
    });
    assert.deepEqual(
      (await read('**/*_1.csv')).instances.map(({ id }) => id),
      ['r/a_1.csv', 'w/a_1.csv'],
    );
    assert.deepEqual((await read('w/*.{csv,tsv}')).instances.length, 2);
    // A file that is called like a pattern is that file.
    assert.equal((await read('[1].csv')).instances[0]!.id, '0');
    assert.match((await refusalOf(read('gone/*.csv'))).message, /gone is no folder/);
    assert.match((await refusalOf(read('gone'))).message, /^gone does not exist/);
    assert.match((await refusalOf(read('w/*.npz'))).message, /The pattern \*\.npz has no data files/);
  });

  it('says in the plan where the class was found', async () => {
    put({
      'walk/a.csv': table(9, 1),
      'walk/b.csv': table(9, 2),
      'run/c.csv': table(9, 3),
      'run/d.csv': table(9, 4),
    });
    const { plan, findings } = await read();
    assert.equal(plan?.labelFrom, 'the folder of each file');
    assert.deepEqual(plan.alternatives.at(-1)?.patch, { data: { label: null } });
    assert.ok(!findings.some(({ code }) => code === 'label-inferred'));
  });

  it('is no word that all names end in', async () => {
    put(
      Object.fromEntries(
        ['jog_subj1_00', 'walk_subj1_01', 'jog_subj2_02', 'walk_subj2_03'].map((name) => [
          `${name}.csv`,
          table(9),
        ]),
      ),
    );
    assert.deepEqual(await labels(), ['jog', 'jog', 'walk', 'walk']);
  });

  it('class0 and class1 are classes; a table without names says the class of files; parts that may be one are named', async () => {
    const files = (name: (at: number) => string) =>
      Object.fromEntries(Array.from({ length: 4 }, (_, at) => [name(at), table(9, at)]));
    put(files((at) => `c/class${at % 2}/${at}.csv`));
    assert.deepEqual(await labels('c'), ['class0', 'class0', 'class1', 'class1']);
    put({ ...files((at) => `r/rec${at}.csv`), 'r/REFERENCE.csv': 'rec0,N\nrec1,A\nrec2,N\nrec3,~\n' });
    assert.deepEqual(await labels('r'), ['N', 'A', 'N', '~']);
    put(files((at) => `k/A0${at % 2}_S0${at >> 1}.csv`));
    const open = (await read('k')).findings.find(({ code }) => code === 'folder-label-open');
    assert.match(
      open!.sentence,
      /set "labelFrom" under "data" to "file" \(A00, A01\) or "file:4" \(00, 01\)/,
    );
  });

  describe('with a file for each feature', () => {
    const one = (rows: number, mark: number) =>
      `time,g\n${Array.from({ length: rows }, (_, step) => `${step / 10},${mark}.${step % 7}3`).join('\n')}\n`;
    const three: DataOptions = { input: { layout: 'NFT', features: 3, steps: null } };

    it('is asked about, and read in the order of the names or of "features"', async () => {
      put({ 'acc_x.csv': one(20, 1), 'acc_y.csv': one(20, 2), 'acc_z.csv': one(20, 3) });
      const asked = await refusalOf(read('', three));
      assert.equal(asked.code, 'ask-file-per-feature');
      assert.match(
        asked.message,
        /3 files .* hold one feature each and the model takes 3.*"filesAre": "features"/,
      );
      const dataset = await read('', { ...three, filesAre: 'features' });
      assert.deepEqual([dataset.features, dataset.instances.length], [['x', 'y', 'z'], 1]);
      assert.deepEqual(
        rowsOf(dataset.instances[0]!).map(([first]) => first),
        [1.03, 2.03, 3.03],
      );
      const turned = await read('', { ...three, filesAre: 'features', features: ['z', 'x', 'y'] });
      assert.deepEqual(
        rowsOf(turned.instances[0]!).map(([first]) => first),
        [3.03, 1.03, 2.03],
      );
      const lacks = await refusalOf(read('', { ...three, filesAre: 'features', features: ['x', 'w'] }));
      assert.match(lacks.message, /no file for the feature w; its files are called x, y, z/);
    });

    it('is read where rows are series, too; what does not go together is refused by its file', async () => {
      const rows = (count: number, mark: number) =>
        `${Array.from({ length: count }, (_, row) => Array.from({ length: 16 }, (_, step) => `${mark}.${((row * 7 + step * 3) % 89) + 10}`).join(' ')).join('\n')}\n`;
      const sixteen: DataOptions = { input: { layout: 'NFT', features: 3, steps: 16 } };
      put({ 'body_x_train.txt': rows(5, 1), 'body_y_train.txt': rows(5, 2), 'body_z_train.txt': rows(5, 3) });
      assert.equal((await refusalOf(read('', sixteen))).code, 'ask-file-per-feature');
      const { instances, features } = await read('', { ...sixteen, filesAre: 'features' });
      assert.deepEqual([instances.length, instances[0]!.length, features], [5, 16, ['x', 'y', 'z']]);
      put({ 'body_z_train.txt': rows(4, 3) });
      const { message } = await refusalOf(read('', { ...sixteen, filesAre: 'features' }));
      assert.match(message, /z_train.txt does not go with body_x_train.txt: it has 4 instances, the other 5/);
    });

    it('of several sets is refused with what to do', async () => {
      const files = ['a', 'b'].flatMap((set) =>
        ['x', 'y', 'z'].map((name) => [`${set}/${name}.csv`, one(20, 1)]),
      );
      put(Object.fromEntries(files));
      assert.match(
        (await refusalOf(read('', three))).message,
        /2 sets of a file for each feature; give each set/,
      );
    });
  });
});
