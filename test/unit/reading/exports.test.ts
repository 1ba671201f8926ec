import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readArrays } from '../../../src/data/numpy/readArrays.ts';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { codes, readText, refusalOf } from '../data/reading.ts';

const value = (at: number) => (((at * 37) % 101) / 10 - 4 + 0.03).toFixed(2);
const rows = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');
const model = (features: number, steps: number | null): DataOptions => ({
  input: { layout: 'NFT', features, steps },
});

describe('reading: files that other tools write', () => {
  const thousand = (at: number) => (7000 + 13 * ((at * 7) % 20)).toLocaleString('de-DE');

  it('points that part thousands: read beside decimal commas, asked where nothing shows them', async () => {
    const german = await readText(
      `t;a;b\n${rows(20, (at) => `${at};${thousand(at)},5;${value(at).replace('.', ',')}`)}\n`,
      model(2, null),
    );
    assert.deepEqual([...german.instances[0]!.values.slice(0, 2)], [7000.5, 7091.5]);
    assert.ok(codes(german).includes('thousands'));
    const text = `a;b\n${rows(20, (at) => `${thousand(at)};${900 + ((at * 37) % 50)}`)}\n`;
    const asked = await refusalOf(readText(text, model(2, null)));
    assert.equal(asked.code, 'ask-thousands');
    assert.equal((await readText(text, { ...model(2, null), decimal: ',' })).instances[0]!.values[0], 7000);
    assert.equal((await readText(text, { ...model(2, null), decimal: '.' })).instances[0]!.values[0], 7);
    // A time of 0.02 shows that the point is the decimal sign.
    const plain = `t;a;b\n${rows(20, (at) => `${(at / 50).toFixed(2)};${thousand(at)};${thousand(at + 5)}`)}\n`;
    assert.equal((await readText(plain, model(2, null))).instances[0]!.values[0], 7);
    const millions = `a;b\n${rows(20, (at) => `1.${`00${(at * 7) % 20}`.slice(-3)}.000;${900 + ((at * 37) % 50)}`)}\n`;
    assert.equal((await readText(millions, model(2, null))).instances[0]!.values[0], 1_000_000);
  });

  it('what stands above the names is no group of them', async () => {
    const body = rows(30, (at) => `${at / 50}\t${value(at)}\t${value(at + 9)}`);
    const labview = `Time\t10\t20\n***End_of_Header***\t\t\nX_Value\tV_0\tV_1\n${body}\n`;
    assert.deepEqual((await readText(labview, model(2, null))).features, ['V_0', 'V_1']);
    const pairs = `Device\tAX3\t\nSubject\tS01\t\nTime\tx\ty\n${body}\n`;
    assert.deepEqual((await readText(pairs, model(2, null))).features, ['x', 'y']);
    const apart = `Subject\tS01\t\n\nTime\tx\ty\n${body}\n`;
    assert.deepEqual((await readText(apart, model(2, null))).features, ['x', 'y']);
    const groups = `\tAcc\t\n\tx\ty\n${body}\n`;
    assert.deepEqual((await readText(groups, model(2, null))).features, ['Acc x', 'Acc y']);
  });

  it('kinds and units below the names are no names', async () => {
    const body = rows(30, (at) => `${at / 50},${value(at)},${value(at + 9)}`);
    const shimmer = await readText(
      `Timestamp,A_X,A_Y\nCAL,CAL,CAL\nms,m/(s^2),m/(s^2)\n${body}\n`,
      model(2, null),
    );
    assert.deepEqual(shimmer.features, ['A_X', 'A_Y']);
    // Campbell's TOA5, its first line, names and numbers of its rows kept or not.
    const clock = (at: number) => `"2021-06-01 00:${String(at).padStart(2, '0')}:00"`;
    const toa5 = (numbered: boolean) => {
      const [names, units, kinds, number] = numbered
        ? ['"TIMESTAMP","RECORD",', '"TS","RN",', '"","",', (at: number) => `,${500 + at}`]
        : ['"TIMESTAMP",', '"TS",', '"",', () => ''];
      const data = rows(30, (at) => `${clock(at)}${number(at)},${value(at)},${value(at + 9)}`);
      return `${names}"AirTC_Avg","RH"\n${units}"Deg C","%"\n${kinds}"Avg","Smp"\n${data}\n`;
    };
    const first = '"TOA5","Station1","CR1000","1234","CR1000.Std.31","CPU:prog.CR1","5555","Table1"\n';
    for (const text of [toa5(false), toa5(true), first + toa5(true)]) {
      const campbell = await readText(text, model(2, null));
      assert.deepEqual([campbell.features, campbell.instances[0]!.length], [['AirTC_Avg', 'RH'], 30]);
    }
    const noUnits = await readText(`t,AirT,RH\n,Avg,Max\n${body}\n`, model(2, null));
    assert.deepEqual(noUnits.features, ['AirT', 'RH']);
    const quoted = await readText(
      `'sample #','MLII','V1'\n${rows(30, (at) => `${at},${value(at)},${value(at + 9)}`)}\n`,
      model(2, null),
    );
    assert.deepEqual(quoted.features, ['MLII', 'V1']);
    // Names that blanks part otherwise than the cells are none; the units below them neither.
    const blanks = `   Elapsed time   MLII     V5\n (seconds)    (mV)     (mV)\n${body.replaceAll(',', '  ')}\n`;
    assert.deepEqual((await readText(blanks, model(2, null))).features, ['column 2', 'column 3']);
  });

  it('delimiters that end the data, the names or both part nothing, and a timestamp within a name is one', async () => {
    const names = ['Shimmer_A_Timestamp_Unix_CAL', 'Shimmer_A_Accel_X_CAL', 'Shimmer_A_Accel_Y_CAL'];
    const rows = Array.from({ length: 30 }, (_, i) => [1.6e12 + 20 * i, Math.sin(i), Math.cos(i)]);
    for (const [nameEnd, rowEnd] of [
      ['', '\t'],
      ['\t', ''],
      ['\t', '\t'],
    ]) {
      const head = [names, ['ms', 'm/(s^2)', 'm/(s^2)']].map((row) => `${row.join('\t')}${nameEnd}\n`);
      const body = rows.map((row) => `${row.join('\t')}${rowEnd}\n`);
      const { features, instances, time } = await readText([...head, ...body].join(''), {}, 'shimmer.csv');
      assert.deepEqual([features, instances[0]!.length], [names.slice(1), 30]);
      assert.equal(time?.name, names[0]);
    }
    const named = 'a,b,label\n1,0.5,0.25,\n2,0.75,0.5,\n3,0.25,0.75,\n4,1.5,2.5,\n';
    const { features, instances } = await readText(named, {}, 'named.csv');
    assert.deepEqual([features, instances[0]!.values[0]], [['a', 'b'], 0.5], 'rows may have names');
    const words = 'a,b,label\none,0.5,0.25,\ntwo,0.75,0.5,\nsix,0.25,0.75,\n';
    assert.deepEqual((await readText(words, {}, 'words.csv')).features, ['a', 'b'], 'in words, too');
  });

  it('rows that a spreadsheet cleared belong to no instance', async () => {
    const line = (at: number) => `r${at % 3};${at};${value(at)};${value(at + 9)}`;
    const { instances } = await readText(
      `case;t;a;b\n${rows(30, line)}\n${';;;\n'.repeat(5)}`,
      model(2, null),
    );
    assert.deepEqual(
      instances.map(({ length }) => length),
      [10, 10, 10],
    );
  });

  it('names over rows that have names of their own, the time being a date', async () => {
    const line = (at: number) => `"${at + 1}","2015-02-04 17:${10 + at}:00",${value(at)},${value(at + 9)}`;
    const { features } = await readText(`"date","a","b"\n${rows(30, line)}\n`, model(2, null));
    assert.deepEqual(features, ['a', 'b']);
  });

  for (const [what, cell, cause] of [
    ['lists', (at: number) => `"[${value(at)}, ${value(at + 1)}]"`, /a list in each cell/],
    ['names before numbers', (at: number) => `x:${value(at)}`, /a name before each number/],
    ['a serial monitor', (at: number) => `10:01:02.${100 + at} -> ${value(at)}`, /a time before the number/],
    ['words', (at: number) => `some ${'abcd'[at % 4]}${at}`, /column q holds text \("some a0"\)/],
  ] as const) {
    it(`the cause is named, and its column marked: ${what}`, async () => {
      const text = `p,q\n${rows(30, (at) => `${value(at)},${cell(at)}`)}\n`;
      const { message, place } = await refusalOf(readText(text, model(2, null)));
      assert.match(message, cause);
      assert.deepEqual([place?.line, place?.cell?.column], [2, 1]);
    });
  }

  it('a second table behind a blank line is refused where it begins', async () => {
    const text = `t,a,b\n${rows(30, (at) => `${at},${value(at)},${value(at + 9)}`)}\n\nchannel,gain\na,1\nb,2\nc,3\n`;
    const { code, place } = await refusalOf(readText(text, model(2, null)));
    assert.deepEqual([code, place?.line], ['ragged-row', 33]);
  });

  it('words for missing values end a series, too', async () => {
    for (const word of ['#N/A', '<NA>', '-', '?']) {
      const line = (at: number) =>
        `r${at >> 4},${at % 16},${at % 16 < 12 ? `${value(at)},${value(at + 9)}` : `${word},${word}`}`;
      const { instances } = await readText(`case,t,a,b\n${rows(32, line)}\n`, model(2, 16));
      assert.deepEqual(
        instances.map(({ mask, length }) => mask?.reduce((sum, on) => sum + on, 0) ?? length),
        [12, 12],
        word,
      );
    }
  });

  it('the columns that are likely the features are offered', async () => {
    const line = (at: number) => `${at},${1000 + 20 * at + ((at * 7) % 5)},${value(at)},${value(at + 9)}`;
    const asked = await refusalOf(readText(`,millis,x,y\n${rows(30, line)}\n`, model(2, null)));
    assert.match(asked.message, /"features": \["x", "y"\]/);
  });

  it('labels of another file are no series', async () => {
    const text = `${rows(30, (at) => `${1 + (at % 3)}`)}\n`;
    const read = (options: DataOptions) => readText(text, options, 'y_train.txt');
    assert.equal((await refusalOf(read(model(1, null)))).code, 'ask-label-file');
    assert.equal((await read({ ...model(1, null), layout: 'single' })).instances[0]!.length, 30);
  });

  it('as many rows as columns as features, without a name: asked', async () => {
    const text = `${rows(12, (at) => Array.from({ length: 12 }, (_, column) => value(at * 13 + column)).join())}\n`;
    assert.equal((await refusalOf(readText(text, model(12, 12)))).code, 'ask-transposed');
    const [rowIsStep, rowIsFeature] = [
      await readText(text, { ...model(12, 12), layout: 'single' }),
      await readText(text, { ...model(12, 12), layout: 'transposed' }),
    ];
    assert.equal(rowIsStep.instances[0]!.values[1], rowIsFeature.instances[0]!.values[12]);
  });

  it('a square array is read where its steps go on from one to the next, else asked', () => {
    const side = 12;
    const read = (at: (feature: number, step: number) => number, options: DataOptions = {}) => {
      const data = Float64Array.from({ length: 2 * side * side }, (_, k) =>
        at(Math.floor(k / side) % side, k % side),
      );
      const x = { dtype: 'float64', dims: [2, side, side], data } as const;
      return readArrays(writeNpz({ x }), 'x.npz', { ...model(side, side), ...options });
    };
    const smooth = (feature: number, step: number) => Math.sin(step / 4 + feature ** 2) + (feature % 5);
    assert.equal(read(smooth).instances[0]!.values[1], smooth(0, 1));
    const turned = (step: number, feature: number) => smooth(feature, step);
    assert.throws(() => read(turned), { code: 'ask-square-array' });
    assert.equal(read(turned, { layout: 'single' }).instances[0]!.values[1], smooth(0, 1));
    assert.throws(() => read((a, b) => Number(value(a * 13 + b))), { code: 'ask-square-array' });
    assert.equal(read((a, b) => a * 100 + b, { layout: 'transposed' }).instances[0]!.values[1], 1);
  });

  it('classes before series whose longest is one step shorter than the model takes', async () => {
    const line = (at: number, width: number) =>
      [
        1 + (at % 3),
        ...Array.from({ length: 16 }, (_, step) => (step < width ? value(at * 17 + step) : 'NaN')),
      ].join('\t');
    const { instances } = await readText(`${rows(9, (at) => line(at, 9 + (at % 7)))}\n`, model(1, 16));
    assert.deepEqual(
      instances.slice(0, 3).map(({ label, length }) => [label, length]),
      [
        ['1', 9],
        ['2', 10],
        ['3', 11],
      ],
    );
    // As wide as the model: the first column may be either.
    const exact = `${rows(9, (at) => [at % 3, ...Array.from({ length: 15 }, (_, step) => value(at * 17 + step))].join())}\n`;
    assert.equal((await refusalOf(readText(exact, model(1, 16)))).code, 'ask-label-column');
    assert.equal(
      (await readText(exact, { ...model(1, 16), label: null, layout: 'wide' })).instances[0]!.length,
      16,
    );
  });

  it('train and test are parts of a data set, no classes; a flag that comes and goes parts no recordings', async () => {
    const line = (at: number) =>
      `r${at >> 4},${at % 16},${at < 32 ? 'train' : 'test'},${at % 7 ? 'OK' : '*'},${value(at)},${value(at + 9)}`;
    const { instances } = await readText(`case,t,split,quality,a,b\n${rows(48, line)}\n`, model(2, null));
    assert.deepEqual(
      instances.map(({ length, label }) => [length, label]),
      Array.from({ length: 3 }, () => [16, undefined]),
    );
  });

  it('quoted decimal commas between commas; 0,020 is no thousand', async () => {
    const line = (at: number) =>
      `"0,${String(20 * at).padStart(3, '0')}","${value(at).replace('.', ',')}7","1,${100 + ((at * 37) % 101)}"`;
    const { instances } = await readText(`"t","a","b"\n${rows(30, line)}\n`, model(2, null));
    assert.equal(instances[0]!.values[30], 1.1);
  });

  it('the features of x_t0, y_t0, x_t1, … are x and y', async () => {
    const names = Array.from({ length: 20 }, (_, at) => `${'xy'[at % 2]}_t${at >> 1}`).join();
    const line = (at: number) => Array.from({ length: 20 }, (_, column) => value(at * 21 + column)).join();
    assert.deepEqual((await readText(`${names}\n${rows(6, line)}\n`, model(2, 10))).features, ['x', 'y']);
  });
});
