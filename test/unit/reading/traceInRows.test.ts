import assert from 'node:assert/strict';
import { readText, refusalOf } from '../data/reading.ts';

const value = (at: number): number => 3 * Math.sin(at * 0.31) + Math.sin(at * 0.83);
const rows = (count: number, width: number, cell: (row: number, at: number) => number): string =>
  Array.from({ length: count }, (_, row) =>
    Array.from({ length: width }, (_, at) => cell(row, at).toFixed(4)).join('   '),
  ).join('\n');

describe('reading: one trace written in rows', () => {
  it('is refused by what it is, whatever stands before it, and read as rows where that is said', async () => {
    for (const [width, head] of [
      [5, 'GROUND MOTION RECORD\nStation 5, 140\nUNITS OF G\nNPTS=   600, DT=   .0050 SEC\n'],
      [6, ''],
      [8, 'TIMESERIES XX_B, 960 samples, 200 sps, SLIST, INTEGER\n'],
    ] as const) {
      const text = `${head}${rows(120, width, (row, at) => value(row * width + at))}\n`;
      const { code } = await refusalOf(readText(text, {}, 'a.txt'));
      assert.equal(code, 'trace-in-rows');
      const { features, instances } = await readText(text, { layout: 'single' }, 'a.txt');
      assert.deepEqual([features[0], features.length, instances[0]!.length], ['column 1', width, 120]);
    }
  });

  it('signals side by side are features, alike or not', async () => {
    for (const cell of [
      (row: number, at: number) => value(row + at * 40),
      (row: number, at: number) => value(row) + 0.2 * Math.sin(row * 3.1 + at * 7),
      (row: number, at: number) => value(row) + at,
      (row: number, at: number) => Math.sin((row * 6 + at) ** 2),
    ]) {
      const { features } = await readText(`${rows(120, 5, cell)}\n`, {}, 'a.txt');
      assert.equal(features.length, 5);
    }
  });
});
