import assert from 'node:assert/strict';
import type { ExpectedInput } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { createRandom } from '../../../src/random.ts';
import { readText, refusalOf } from '../data/reading.ts';

const [FEATURES, STEPS, ROWS] = [6, 40, 60];
const input: ExpectedInput = { features: FEATURES, steps: STEPS, layout: 'NFT' };
const random = createRandom(11);
/** [rows][F · T] feature after feature, every fifth padded with zeros. */
const windows = Array.from({ length: ROWS }, (_, row) =>
  Array.from({ length: FEATURES * STEPS }, (__, at) =>
    row % 5 === 0 && at % STEPS >= 30 ? 0 : Number(random.normal().toFixed(4)),
  ),
);
/** Class, length and number of each row, as the windows of human activities have them (KU-HAR). */
const behind = (row: number) => [Math.floor(row / 12), row % 5 === 0 ? 30 : 40, row + 1];
const text = (more: (row: number) => readonly number[]) =>
  `${windows.map((one, row) => [...one, ...more(row)].join()).join('\n')}\n`;
const first = FEATURES * STEPS + 1;

describe('reading: flattened windows with whole numbers behind them', () => {
  it('are asked about, then for their label, and are read as said with the others left aside', async () => {
    const file = text(behind);
    const order = await refusalOf(readText(file, { input }));
    assert.ok(order instanceof ReadingQuestion);
    assert.equal(order.doubt.id, 'flattened');
    const label = await refusalOf(readText(file, { input, layout: 'flatFT' }));
    assert.ok(label instanceof ReadingQuestion);
    const way = label.doubt.ways.find(({ patch }) => patch.data?.label === `column ${first}`);
    assert.deepEqual(way?.patch.data, { label: `column ${first}`, layout: 'flatFT' });
    for (const steps of [STEPS, null]) {
      const read = await readText(file, {
        ...{ input: { ...input, steps } },
        ...{ layout: 'flatFT', label: `column ${first}` },
      });
      assert.equal(read.instances.length, ROWS);
      for (const [row, one] of read.instances.entries()) {
        assert.equal(one.length, STEPS);
        assert.equal(one.label, String(Math.floor(row / 12)));
        assert.deepEqual([...one.values], windows[row]);
      }
    }
  });

  it('leave none aside where all columns are steps, of one feature or of several', async () => {
    const all = await readText(
      text(() => []),
      { input, layout: 'flatFT' },
    );
    assert.deepEqual([...all.instances[7]!.values], windows[7]);
    const one = await readText(text(behind), {
      ...{ input: { ...input, features: 1, steps: FEATURES * STEPS + 3 } },
      ...{ layout: 'flatFT', label: null },
    });
    assert.deepEqual([...one.instances[7]!.values], [...windows[7]!, ...behind(7)]);
  });

  it('are asked about where the model takes any length, and each order is read with the class behind them', async () => {
    const free: ExpectedInput = { ...input, steps: null };
    const classOf = (row: number): number => [3, 1, 2, 2, 5, 4, 1][(row * row) % 7]!;
    const file = text((row) => [classOf(row)]);
    const asked = await refusalOf(readText(file, { input: free }));
    assert.ok(asked instanceof ReadingQuestion);
    assert.equal(asked.doubt.id, 'too-many-columns');
    const orders = asked.doubt.ways.map(({ patch }) => patch.data?.layout);
    assert.deepEqual(orders, ['flatFT', 'flatTF']);
    for (const { patch, gives } of asked.doubt.ways) {
      const { instances, features } = await readText(file, { input: free, ...patch.data });
      assert.equal(gives, `${ROWS} × ${STEPS} steps`);
      assert.deepEqual([features.length, instances.length, instances[1]!.length], [FEATURES, ROWS, STEPS]);
      assert.equal(instances[2]!.label, String(classOf(2)));
      const at = patch.data?.layout === 'flatFT' ? 3 * STEPS + 7 : 7 * FEATURES + 3;
      assert.equal(instances[1]!.values[3 * STEPS + 7], windows[1]![at]);
    }
  });
});
