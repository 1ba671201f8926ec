import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf, rowsOf } from './reading.ts';

/** One recording whose value is its row, and whose label changes after every `each` rows. */
function stream(
  rows: number,
  each: number,
  { name = 'activity', labels = ['sit', 'walk', 'run'] } = {},
): string {
  const row = (at: number) =>
    `${(at * 0.02).toFixed(2)},${at}.5,${-at}.25,${labels[Math.floor(at / each) % labels.length]}`;
  return [`time,ax,ay,${name}`, ...Array.from({ length: rows }, (_, at) => row(at)), ''].join('\n');
}

const input = { layout: 'NFT', features: 2, steps: 10 } as const;
const asked = async (text: string, options: DataOptions = { input }) => {
  const refusal = await refusalOf(readText(text, options));
  assert.ok(refusal instanceof ReadingQuestion, refusal.message);
  return refusal;
};

describe('a continuous recording with a label per row', () => {
  for (const [how, text] of [
    ['a text column', stream(60, 20)],
    ['a column called label', stream(60, 20, { name: 'label' })],
    ['numbers called label', stream(60, 20, { name: 'label', labels: ['0', '1'] })],
    ['a text column without a usual name', stream(60, 20, { name: 'what' })],
  ] as const) {
    it(`is asked about: ${how}`, async () => {
      const { message, doubt } = await asked(text);
      assert.match(
        message,
        /"window": 10, "step": 10 \} \(command line: --set data\.label=\w+ --set data\.window=10/,
      );
      assert.ok(doubt.ways.length > 1);
    });
  }

  it('names the line where a label changes beyond the rows looked at first, and marks the cell', async () => {
    const { message, place } = await asked(stream(2500, 2100, { name: 'label', labels: ['0', '1'] }));
    assert.match(message, /^data\.csv, line 2102, column "label": .*from "0" to "1"/);
    assert.deepEqual(place?.cell, { column: 3, delimiter: ',' });
  });

  it('is cut into windows with the label that most rows have', async () => {
    const { instances, findings, plan } = await readText(stream(47, 15), { input, window: 10, step: 5 });
    assert.deepEqual(
      instances.map(({ id, index, label, length }) => [id, index, label, length]),
      [
        ['0@0', 0, 'sit', 10],
        ['0@5', 1, 'sit', 10],
        // Five of each: the first.
        ['0@10', 2, 'sit', 10],
        ['0@15', 3, 'walk', 10],
        ['0@20', 4, 'walk', 10],
        ['0@25', 5, 'walk', 10],
        ['0@30', 6, 'run', 10],
        ['0@35', 7, 'run', 10],
      ],
    );
    assert.deepEqual(
      rowsOf(instances[3]!).map((row) => [row[0], row[9]]),
      [
        [15.5, 24.5],
        [-15.25, -24.25],
      ],
    );
    assert.deepEqual([instances[3]!.lines![0], instances[3]!.lines![9]], [17, 26]);
    const sentence = findings.find(({ code }) => code === 'windows')?.sentence;
    assert.match(
      sentence!,
      /8 windows of 10 steps, one every 5 steps; 2 windows with several labels.*2 steps at the end/,
    );
    assert.deepEqual([plan?.window, plan?.step, plan?.instances], [10, 5, 8]);
  });

  it('is cut within each case, windows beside each other unless said', async () => {
    const rows = (id: string, length: number) =>
      Array.from({ length }, (_, at) => `${id},${at},${at}.5,${at < 12 ? 'a' : 'b'}`);
    const text = ['case,time,v,label', ...rows('p', 25), ...rows('q', 8), ''].join('\n');
    const { instances } = await readText(text, { window: 10 });
    assert.deepEqual(
      instances.map(({ id, label, length }) => [id, label, length]),
      [
        ['p@0', 'a', 10],
        ['p@10', 'b', 10],
        ['q@0', 'a', 8],
      ],
    );
  });

  it('may have no label at all', async () => {
    const { instances } = await readText(stream(40, 20), { input, window: 10, label: null });
    assert.deepEqual(
      instances.map(({ label }) => label),
      [undefined, undefined, undefined, undefined],
    );
  });
});
