import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import type { Dataset } from '../../../src/data/dataset.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

/** Seemingly random, with two decimals, never whole. */
const value = (at: number) => (((at * 37) % 101) / 10 - 4 + 0.03).toFixed(2);
const steps = (count: number, line: (step: number) => string) =>
  Array.from({ length: count }, (_, step) => line(step)).join('\n');
const model = (features: number, length: number | null): DataOptions => ({
  input: { layout: 'NFT', features, steps: length },
});

/** What is asked, and what its first way out reads. */
async function firstWay(text: string, options: DataOptions): Promise<{ id: string; set: Dataset }> {
  const asked = await refusalOf(readText(text, options));
  assert.ok(asked instanceof ReadingQuestion, asked.message);
  const { data, mask } = asked.doubt.ways[0]!.patch;
  const [, kind, column] = /^(mask|length)-column:(.*)$/.exec(mask ?? '') ?? [];
  const masks: DataOptions =
    kind === 'mask'
      ? { maskColumn: column }
      : kind === 'length'
        ? { lengthColumn: { column: column!, side: 'end' } }
        : {};
  return { id: asked.doubt.id, set: await readText(text, { ...options, ...data, ...masks }) };
}

const lengths = ({ instances }: Dataset) => instances.map(({ length }) => length);
const real = ({ instances }: Dataset) => instances.map(({ mask }) => mask?.reduce((sum, on) => sum + on, 0));

describe('reading: siblings of files that were misread', () => {
  const block = (from: number, step: (at: number) => string = (at) => `${at / 10},`) =>
    steps(12, (at) => `${step(at)}${value(from + at)},${value(from + at + 50)}`);

  it('times that start again are recordings, numbers as dates', async () => {
    const two = model(2, 12);
    const numbers = await firstWay(`time,a,b\n${block(0)}\n${block(9)}\n${block(30)}\n`, two);
    assert.deepEqual([numbers.id, lengths(numbers.set)], ['several-recordings', [12, 12, 12]]);
    assert.equal(numbers.set.instances[1]!.values[0], Number(value(9)));
    const day = (at: number) => `2024-03-01 10:00:${10 + at},`;
    const dates = await firstWay(`time,a,b\n${block(0, day)}\n${block(9, day)}\n`, two);
    assert.deepEqual(lengths(dates.set), [12, 12]);
    const unsorted = `time,a,b\n${steps(24, (at) => `${(at * 11) % 24},${value(at)},${value(at + 50)}`)}\n`;
    assert.equal((await refusalOf(readText(unsorted, two))).code, 'time-order');
  });

  it('blank lines part recordings; between every two lines, and at the end, they do not', async () => {
    const plain = (from: number) => block(from, () => '');
    const { id, set } = await firstWay(
      `a,b\n${plain(0)}\n\n\n${plain(20)}\n\n${plain(40)}\n`,
      model(2, null),
    );
    assert.deepEqual([id, lengths(set)], ['several-recordings', [12, 12, 12]]);
    const double = `a,b\n${plain(0)}\n`.replaceAll('\n', '\n\n');
    assert.deepEqual(lengths(await readText(double, model(2, null))), [12]);
  });

  it('a row for each feature and step is refused with the line that pivots it', async () => {
    const line = (at: number) =>
      `${Math.floor(at / 24)},${Math.floor(at / 3) % 8},${'abc'[at % 3]},${value(at)}`;
    const { code, message } = await refusalOf(
      readText(`id,time,name,value\n${steps(48, line)}\n`, model(1, null)),
    );
    assert.equal(code, 'melted');
    assert.match(message, /df\.pivot\(index=\['id', 'time'\], columns='name', values='value'\)/);
    const numbered = (at: number) =>
      `${Math.floor(at / 60)},${Math.floor(at / 20) % 3},${at % 20},${value(at)}`;
    const long = `case_id,dim_id,reading_id,value\n${steps(180, numbered)}\n`;
    assert.match(
      (await refusalOf(readText(long, model(3, 20)))).message,
      /pivot\(index=\['case_id', 'reading_id'\], columns='dim_id', values='value'\)/,
    );
  });

  it('a counter, or a class, among exactly as many columns as features is asked about', async () => {
    const counting = `n,a\n${steps(20, (at) => `${at + 4},${value(at)}`)}\n`;
    const asked = await firstWay(counting, model(2, null));
    assert.deepEqual([asked.id, asked.set.features], ['odd-feature', ['n', 'a']]);
    const cases = `id,a,kind\n${steps(40, (at) => `r${Math.floor(at / 10)},${value(at)},${Math.floor(at / 10) % 2}`)}\n`;
    assert.equal((await firstWay(cases, model(2, 10))).id, 'odd-feature');
    const made = `a,b\n${steps(20, (at) => `${at},${at * 2}`)}\n`;
    assert.deepEqual((await readText(made, model(2, null))).features, ['a', 'b']);
  });

  for (const [name, on] of [
    ['valid', 1],
    ['is_padding', 0],
  ] as const) {
    it(`a column ${name} of 0 and 1 is asked about, and read as the mask it says`, async () => {
      const line = (at: number) => `${value(at)},${value(at + 9)},${at < 12 ? on : 1 - on}`;
      const { id, set } = await firstWay(`a,b,${name}\n${steps(20, line)}\n`, model(2, 20));
      assert.deepEqual([id, real(set), set.features], ['mask-column', [12], ['a', 'b']]);
      assert.equal(
        set.findings.some(({ code }) => code === 'mask-turned'),
        on === 0,
      );
    });
  }

  it('a column of lengths before the steps is asked about', async () => {
    const head = ['n_steps', ...Array.from({ length: 12 }, (_, step) => `t${step}`)].join();
    const row = (at: number) =>
      [
        5 + at,
        ...Array.from({ length: 12 }, (_, step) => (step < 5 + at ? value(at * 12 + step) : '0')),
      ].join();
    const { id, set } = await firstWay(`${head}\n${steps(6, row)}\n`, model(1, 12));
    assert.deepEqual([id, real(set)], ['length-column', [5, 6, 7, 8, 9, 10]]);
  });

  it('numbered steps beside a person that repeats are series, and the person is no label', async () => {
    const head = ['subject', ...Array.from({ length: 12 }, (_, step) => `t${step}`), 'label'].join();
    const row = (at: number) =>
      [1 + (at >> 1), ...Array.from({ length: 12 }, (_, step) => value(at * 12 + step)), 'ab'[at % 2]].join();
    const set = await readText(`${head}\n${steps(8, row)}\n`, model(1, 12));
    assert.deepEqual(lengths(set), Array(8).fill(12));
    assert.deepEqual(
      set.instances.map(({ label }) => label),
      [...'abababab'],
    );
  });

  it('rows of different lengths without names are series; behind them no label can be told', async () => {
    const series = (at: number) =>
      Array.from({ length: 9 + ((at * 5) % 7) }, (_, step) => value(at * 17 + step));
    const set = await readText(`${steps(7, (at) => [at % 2, ...series(at)].join())}\n`, model(1, 20));
    assert.deepEqual(
      set.instances.map(({ label, length }) => [label, length]),
      Array.from({ length: 7 }, (_, at) => [`${at % 2}`, series(at).length]),
    );
    const behind = readText(`${steps(7, (at) => [...series(at), at % 2].join())}\n`, model(1, 20));
    assert.equal((await refusalOf(behind)).code, 'ragged-label');
  });

  it('one-hot columns behind a series are refused as what they are', async () => {
    const row = (at: number) =>
      [...Array.from({ length: 12 }, (_, step) => value(at * 13 + step)), at % 2, 1 - (at % 2)].join();
    const { code, message } = await refusalOf(readText(`${steps(8, row)}\n`, model(1, 12)));
    assert.equal(code, 'one-hot');
    assert.match(message, /the last 2 are 0 or 1/);
  });

  it('a word throughout a recording is a label where it names a class, else it is left aside and said', async () => {
    const text = `time,a,b,status\n${steps(12, (at) => `${at},${value(at)},${value(at + 9)},SN-7`)}\n`;
    const plain = await readText(text, model(2, 12));
    assert.equal(plain.instances[0]!.label, undefined);
    assert.ok(plain.findings.some(({ code }) => code === 'label-doubtful'));
    const known = await readText(text, { ...model(2, 12), classes: ['SN-7', 'SN-8'] });
    assert.equal(known.instances[0]!.label, 'SN-7');
  });

  it('the features of t0_x, t0_y, t1_x, … are x and y', async () => {
    const head = Array.from({ length: 16 }, (_, at) => `t${at >> 1}_${'xy'[at % 2]}`).join();
    const row = (at: number) => Array.from({ length: 16 }, (_, step) => value(at * 16 + step)).join();
    assert.deepEqual((await readText(`${head}\n${steps(4, row)}\n`, model(2, 8))).features, ['x', 'y']);
  });

  it('a refused cell says what its columns were taken for, so that it can be changed', async () => {
    const text = `time,id,a,b\n${steps(20, (at) => `${at % 10},r${Math.floor(at / 10)},${at === 7 ? 'oops' : value(at)},${value(at + 9)}`)}\n`;
    const { place } = await refusalOf(readText(text, model(2, 10)));
    assert.deepEqual(
      place?.columns?.map(({ name, role }) => `${name} ${role}`),
      ['time time', 'id case', 'a feature', 'b feature'],
    );
  });
});
