import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const T = 20;
const N = 24;
const steps = Array.from({ length: T }, (_, step) => step);
const value = (of: number, step: number): number => Number((3 * Math.sin(of * 2.3 + step / 4)).toFixed(3));
const table = (names: string, row: (of: number) => string): string =>
  [
    [names, ...steps.map((step) => `t${step}`)],
    ...Array.from({ length: N }, (_, of) => [row(of), ...steps.map((step) => value(of, step))]),
  ]
    .map((cells) => `${cells.join()}\n`)
    .join('');

/** What each way that is offered gives: instances × features × steps. */
async function offered(text: string): Promise<string[]> {
  const asked = await refusalOf(readText(text));
  assert.ok(asked instanceof ReadingQuestion, asked.message);
  return Promise.all(
    asked.doubt.ways.map(async ({ patch }) => {
      const { instances, features } = await readText(text, patch.data as DataOptions);
      return `${instances.length} × ${features.length} × ${instances[0]!.length}`;
    }),
  );
}

describe('reading: series in rows, several for each person, and no model', () => {
  it('numbers that go on along the rows: a row is a series or a feature rather than a step, and it is asked', async () => {
    for (const name of ['id', 'subject', 'trial', 'case_id', 'episode'])
      assert.deepEqual(await offered(table(name, (of) => `${Math.floor(of / 3)}`)), [
        `${N} × 1 × ${T}`,
        `8 × 3 × ${T}`,
        `8 × ${T} × 3`,
      ]);
    assert.deepEqual(await offered(table('subject', (of) => `${of % 2}`)), [
      `${N} × 1 × ${T}`,
      `2 × ${T} × 12`,
    ]);
  });

  it('a row for each channel, whatever tells the series apart: asked', async () => {
    const ways = [`8 × 3 × ${T}`, `${N} × 1 × ${T}`];
    const word = (of: number): string => ['I', 'II', 'III'][of % 3]!;
    assert.deepEqual(await offered(table('record,lead', (of) => `${Math.floor(of / 3)},${word(of)}`)), ways);
    assert.deepEqual(await offered(table('window,sensor', (of) => `${Math.floor(of / 3)},${of % 3}`)), ways);
    assert.deepEqual(await offered(table('channel', word)), ways);
  });

  it('a row of labels below the names of series in columns is refused by its line', async () => {
    const rows = steps.map((step) => `${step / 50},${value(0, step)},${value(1, step)},${value(2, step)}`);
    const text = `${['time,rec0,rec1,rec2', 'label,walk,run,walk', ...rows].join('\n')}\n`;
    const refused = await refusalOf(readText(text));
    assert.equal(refused.code, 'label-row');
    assert.match(refused.message, /line 2: a label for each column/);
  });
});
