import assert from 'node:assert/strict';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const ROWS = 60;
const wave = (row: number, at: number) => Math.sin(row * (0.7 + at) + at).toFixed(4);
const clock = (row: number, hz: number, latency = 0) => (row / hz + latency).toFixed(6);
const file = (head: string, cells: (row: number) => readonly string[]) =>
  `${head}\n${Array.from({ length: ROWS }, (_, row) => cells(row).join()).join('\n')}\n`;

describe('reading: a time before each signal', () => {
  for (const [first, second] of [
    ['X[s]', 'X[s]'],
    ['Time', 'Time'],
    ['Time (ms)', 'Time (ms)'],
    ['Time1', 'Time2'],
    ['time', 'time.1'],
  ] as const) {
    const head = `${first},"EMG 1 [V]",${second},"EMG 2 [V]"`;

    it(`is time once where all are the same: ${first}, ${second}`, async () => {
      for (const latency of [0, 0.0001]) {
        const { instances, features, time } = await readText(
          file(head, (row) => [clock(row, 2000), wave(row, 0), clock(row, 2000, latency), wave(row, 1)]),
        );
        assert.deepEqual(features, ['EMG 1 [V]', 'EMG 2 [V]']);
        assert.equal(time?.name, first);
        assert.equal(instances[0]!.values[3]!.toFixed(4), wave(3, 0));
        assert.equal(instances[0]!.values[ROWS + 3]!.toFixed(4), wave(3, 1));
      }
    });

    it(`is asked about where they differ, or one ends before the other: ${first}, ${second}`, async () => {
      for (const text of [
        file(head, (row) => [clock(row, 2000), wave(row, 0), clock(row, 148), wave(row, 1)]),
        file(head, (row) => [
          ...[clock(row, 2000), wave(row, 0)],
          ...(row < 20 ? [clock(row, 2000), wave(row, 1)] : ['', '']),
        ]),
      ]) {
        const question = await refusalOf(readText(text));
        assert.ok(question instanceof ReadingQuestion, question.message);
        assert.equal(question.doubt.id, 'other-rates');
        const [way] = question.doubt.ways;
        assert.deepEqual(way!.patch.data, { time: first, features: ['EMG 1 [V]'] });
        const { features } = await readText(text, { time: first, features: ['EMG 1 [V]'] });
        assert.deepEqual(features, ['EMG 1 [V]']);
      }
    });
  }

  it('leaves other names that are there twice refused', async () => {
    const { message } = await refusalOf(readText('time,a,a\n0,1,2\n1,2,3\n'));
    assert.match(message, /columns 2 and 3 are both named "a"/);
  });
});
