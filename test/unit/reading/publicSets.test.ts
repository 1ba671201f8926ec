import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import type { Dataset } from '../../../src/data/dataset.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { codes, readText, refusalOf } from '../data/reading.ts';

/** Seemingly random, never whole. */
const value = (at: number) => ((Math.sin(at * at) * 43758.5) % 1).toFixed(3).replace(/0$/, '7');
const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');
const model = (features: number, steps: number | null): DataOptions => ({
  input: { layout: 'NFT', features, steps },
});
const labelsOf = ({ instances }: Dataset) => instances.map(({ label }) => label);
const asked = async (text: string, options: DataOptions, name?: string) => {
  const question = await refusalOf(readText(text, options, name));
  assert.ok(question instanceof ReadingQuestion, question.message);
  return question;
};

describe('reading: files as public data sets are', () => {
  it('WISDM: times by a clock, persons and activities without names; which is the class is asked', async () => {
    const words = ['Walking', 'Jogging', 'Walking', 'Jogging'];
    const row = (at: number) =>
      `${at < 40 ? 33 : 7},${words[Math.floor(at / 20)]},${49105962326000 + at * 5e7},${value(at)},${value(at + 7)},${value(at + 50)};`;
    const { doubt } = await asked(`${lines(80, row)}\n`, model(3, 20), 'raw.txt');
    assert.equal(doubt.id, 'label-open');
    const set = await readText(`${lines(80, row)}\n`, { ...model(3, 20), ...doubt.ways[0]!.patch.data });
    assert.deepEqual(labelsOf(set), words);
    assert.equal(set.instances[0]!.values[0], Number(value(0)));
  });

  it('a label per row among as many nameless columns as features is asked, and its own answer reads', async () => {
    const row = (at: number) => `${at * 33} ${value(at)} ${value(at + 9)} ${[0, 101, 102][at >> 4]}`;
    const { doubt } = await asked(`${lines(48, row)}\n`, model(3, 16), 'S1-ADL1.dat');
    assert.match(doubt.sentence, /column 4 has few whole numbers and keeps each for many rows/);
    const set = await readText(`${lines(48, row)}\n`, { ...model(2, 16), label: 'column 4', window: 16 });
    assert.deepEqual(labelsOf(set), ['0', '101', '102']);
    const first = await readText(`${lines(48, row)}\n`, {
      ...model(2, null),
      layout: 'single',
      features: ['column 2', 'column 3'],
      label: null,
    });
    assert.deepEqual(first.features, ['column 2', 'column 3']);
  });

  it('PAMAP2: activities without names, under a clock that goes on, are asked about', async () => {
    const row = (at: number) =>
      `${(8.38 + at / 100).toFixed(2)} ${[0, 1, 17][at >> 4]} ${value(at)} ${value(at + 9)}`;
    const { doubt } = await asked(`${lines(48, row)}\n`, model(2, 16), 'subject101.dat');
    assert.equal(doubt.id, 'several-recordings');
    const windows = doubt.ways.find(({ patch }) => patch.data?.window !== undefined)!;
    const set = await readText(`${lines(48, row)}\n`, { ...model(2, 16), ...windows.patch.data });
    assert.deepEqual(labelsOf(set), ['0', '1', '17']);
  });

  it('events are melted, whatever numbers name what was measured', async () => {
    const row = (at: number) =>
      `${at < 30 ? 1 : 2},2150-01-01 ${10 + Math.floor((at % 30) / 3)}:00:00,${[220045, 220210, 223761][at % 3]},${value(at)}`;
    for (const features of [1, 3]) {
      const refused = await refusalOf(
        readText(`subject_id,charttime,itemid,valuenum\n${lines(60, row)}\n`, model(features, 10)),
      );
      assert.match(refused.message, /pivot\(index=\['subject_id', 'charttime'\], columns='itemid'/);
    }
    const record =
      'Time,Parameter,Value\n00:00,Age,54\n00:00,HR,73\n00:37,HR,77\n01:37,HR,60\n01:37,Temp,35.6\n';
    assert.equal((await refusalOf(readText(record, model(3, null)))).code, 'melted');
    const items = `item_id,timestamp,value\n${lines(30, (at) => `i${at < 15 ? 1 : 2},${at % 15},${value(at)}`)}\n`;
    assert.equal((await readText(items, model(1, 15))).instances.length, 2);
    const devices = `sensor,time,value\n${lines(30, (at) => `${at < 15 ? 'a' : 'b'},${at % 15},${value(at)}`)}\n`;
    assert.equal((await readText(devices, model(1, 15))).instances.length, 2);
  });

  it('quotes part no cells where blanks do; a rule under the names is no row', async () => {
    const cells = (at: number) => `"${at + 1}" "walk up" ${value(at)} ${value(at + 9)}`;
    const table = await readText(`"label" "a" "b"\n${lines(12, cells)}\n`, model(2, 12), 'r.txt');
    assert.deepEqual([table.features, labelsOf(table)], [['a', 'b'], ['walk up']]);
    const bars = `| t | a | b |\n|---|---:|---|\n${lines(12, (at) => `| ${at} | ${value(at)} | ${value(at + 9)} |`)}\n`;
    assert.deepEqual((await readText(bars, model(2, 12), 'm.txt')).features, ['a', 'b']);
  });

  it('a label in the first row of each instance is that of its rows; one that comes and goes is asked', async () => {
    const text = (label: (at: number) => string) =>
      `id,t,a,b,label\n${lines(40, (at) => `s${at >> 3},${at % 8},${value(at)},${value(at + 50)},${label(at)}`)}\n`;
    const merged = await readText(
      text((at) => (at % 8 === 0 ? 'xy'[(at >> 3) % 2]! : '')),
      model(2, 8),
    );
    assert.deepEqual(labelsOf(merged), ['x', 'y', 'x', 'y', 'x']);
    assert.ok(codes(merged).includes('label-in-first-row'));
    const { message, place } = await asked(
      text((at) => (at % 8 < 3 ? '' : 'x')),
      model(2, 8),
    );
    assert.match(message, /line 5, column "label": the label of case s0 is blank in rows above and "x" in/);
    assert.deepEqual([place?.line, place?.cell?.column], [5, 4]);
    const none = await readText(
      text((at) => (at < 8 ? 'NaN' : 'x')),
      model(2, 8),
    );
    assert.deepEqual(labelsOf(none), [undefined, 'x', 'x', 'x', 'x']);
  });

  it('a clock that passes midnight is not to be sorted', async () => {
    const row = (at: number) => `23:59:${50 + at},${value(at)},${value(at + 50)}`;
    const text = `time,a,b\n${lines(10, row)}\n00:00:00,1.5,2.5\n00:00:01,1.25,2.25\n`;
    const refused = await refusalOf(readText(text, { ...model(2, 12), layout: 'single' }));
    assert.equal(refused.code, 'time-order');
    assert.match(refused.message, /line 12, column "time": .*passes midnight, write dates/);
  });

  it('ids in the first row alone are merged cells', async () => {
    const row = (at: number) =>
      `${at % 8 === 0 ? `s${at >> 3}` : ''},${at % 8},${value(at)},${value(at + 50)}`;
    const refused = await refusalOf(readText(`id,t,a,b\n${lines(40, row)}\n`, model(2, 8)));
    assert.match(refused.message, /"id" is filled in 5 of the first 40 rows.*ffill/);
  });
});
