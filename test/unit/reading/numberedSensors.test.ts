import assert from 'node:assert/strict';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const smooth = (at: number, of: number): string =>
  (Math.sin(at * 0.17 + of * 2.4) * 3 + Math.sin(at * 0.031 * (of + 1)) + of * 1.5).toFixed(3);
const names = (prefix: string, count: number) => Array.from({ length: count }, (_, k) => `${prefix}${k + 1}`);
const table = (head: readonly string[], rows: number, cell: (row: number, column: number) => string) =>
  `${head.join()}\n${Array.from({ length: rows }, (_, row) => head.map((_, column) => cell(row, column)).join()).join('\n')}\n`;

describe('reading: sensors numbered as steps are, without a model', () => {
  for (const [prefix, count] of [
    ['t', 3],
    ['x', 8],
    ['s', 8],
    ['att', 12],
  ] as const) {
    it(`${count} columns ${prefix}1, ${prefix}2, … whose values go on down the rows are asked about`, async () => {
      const text = table(names(prefix, count), 200, smooth);
      const question = await refusalOf(readText(text));
      assert.ok(question instanceof ReadingQuestion);
      assert.equal(question.doubt.id, 'numbered-sensors');
      const read = await Promise.all(
        question.doubt.ways.map(async ({ patch }) => {
          const { instances, features } = await readText(text, patch.data);
          return [instances.length, features.length];
        }),
      );
      assert.deepEqual(read, [
        [1, count],
        [200, 1],
        [count, 1],
      ]);
    });
  }

  it('series in rows are read, sorted by class and slowly drifting, too', async () => {
    for (const cell of [
      (row: number, column: number) => smooth(column, row),
      (row: number, column: number) => smooth(column, row % 7),
      (row: number, column: number) => (Number(smooth(column, row * 13)) + (row < 30 ? 0 : 5)).toFixed(3),
      (row: number, column: number) =>
        (
          Math.sin(column * 0.2) +
          row * 0.01 +
          ((row * row * 31 + column * column * 17 + row * column * 7) % 101) / 101
        ).toFixed(3),
    ]) {
      const { layout, instances } = await readText(table(names('t', 24), 60, cell));
      assert.deepEqual([layout, instances.length], ['wide', 60]);
    }
  });
});
