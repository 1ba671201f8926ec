import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const NUMBERS = 12;
/** Of its own for every sensor; it goes on from row to row. */
const value = (row: number, sensor: number): string =>
  (Math.sin(row * 0.2 + sensor * 5.3) + ((sensor * sensor * 7 + sensor * 3) % 13)).toFixed(3);
const names = (name: (number: number, axis: string) => string): string[] =>
  Array.from({ length: NUMBERS }, (_, number) => ['x', 'y', 'z'].map((axis) => name(number, axis))).flat();
const kinds: readonly ((number: number, axis: string) => string)[] = [
  (number, axis) => `j${number}_${axis}`,
  (number, axis) => `kp${number}${axis}`,
  (number, axis) => `emg_${axis}_${number}`,
];
const cells = (row: number): string[] =>
  Array.from({ length: 3 * NUMBERS }, (_, sensor) => value(row, sensor));
const table = (head: readonly string[], count: number, row: (at: number) => readonly unknown[]): string =>
  `${head.join()}\n${Array.from({ length: count }, (_, at) => row(at).join()).join('\n')}\n`;

describe('reading: numbered sensors of several values each', () => {
  for (const name of kinds) {
    it(`${name(0, 'x')}: a row is a step, where ids and times say so`, async () => {
      const long = table(['id', 'time', ...names(name), 'label'], 128, (at) => [
        Math.floor(at / 32),
        (at % 32) * 20,
        ...cells(at),
        at < 64 ? 'a' : 'b',
      ]);
      const { instances, features } = await readText(long);
      assert.deepEqual([instances.length, instances[0]!.length, features.length], [4, 32, 36]);
      const single = await readText(
        table(['time', ...names(name)], 100, (at) => [(at * 0.02).toFixed(2), ...cells(at)]),
      );
      assert.deepEqual([single.instances.length, single.features.length], [1, 36]);
    });

    it(`${name(0, 'x')}: asked about where nothing but their course says so`, async () => {
      const text = table(names(name), 100, cells);
      const question = await refusalOf(readText(text));
      assert.ok(question instanceof ReadingQuestion, question.message);
      assert.equal(question.code, 'ask-flat-rows');
      const shapes = await Promise.all(
        question.doubt.ways.map(async ({ patch }) => {
          const { instances, features } = await readText(text, patch.data as DataOptions);
          return [instances.length, instances[0]!.length, features.length];
        }),
      );
      assert.deepEqual(shapes, [
        [1, 100, 36],
        [100, NUMBERS, 3],
      ]);
    });
  }

  it('flattened windows go on along their numbers, or say by their names that they count steps', async () => {
    const window = (at: number) =>
      Array.from({ length: 3 * NUMBERS }, (_, k) =>
        (Math.sin(at * 3.7 + (k % 3) * 2 + Math.floor(k / 3) * 0.3) + (k % 3)).toFixed(3),
      );
    const ids = (at: number) => [at, ...window(at)];
    for (const text of [
      table(['id', ...names(kinds[0]!)], 60, ids),
      table(['subject', ...names(kinds[2]!)], 60, (at) => [at >> 2, ...window(at)]),
      table(['id', ...names((number, axis) => `${axis}_t${number}`)], 60, (at) => [at, ...cells(at)]),
    ]) {
      const { instances, features } = await readText(text);
      assert.deepEqual([instances.length, instances[0]!.length, features.length], [60, NUMBERS, 3]);
    }
  });

  it('the times of recordings of one length are no sensors of which a row is one', async () => {
    const eeg = Array.from({ length: 16 }, (_, at) => `EEG${at + 1}`);
    const text = table(['id', 'time', ...eeg], 96, (at) => [
      Math.floor(at / 32),
      at % 32,
      ...eeg.map((_, sensor) => value(at, sensor)),
    ]);
    const { instances, features } = await readText(text);
    assert.deepEqual([instances.length, features.length], [3, 16]);
  });
});
