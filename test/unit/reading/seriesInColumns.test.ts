import assert from 'node:assert/strict';
import type { ExpectedInput } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { createRandom } from '../../../src/random.ts';
import { codes, readText, refusalOf } from '../data/reading.ts';

const ONE: ExpectedInput = { features: 1, steps: null, layout: 'NFT' };
const random = createRandom(7);
/** Signals side by side, each with its own phase, and noise. */
const signals = (rows: number, columns: number) =>
  Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, at) =>
      (Math.sin(row / 15 + at * 2.4) + 0.05 * random.normal()).toFixed(4),
    ),
  );
const csv = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  `${[head, ...rows].map((cells) => cells.join()).join('\n')}\n`;
const named = (count: number, stem = '') => Array.from({ length: count }, (_, at) => `${stem}${at}`);

describe('reading: signals in columns, for a model of one feature', () => {
  for (const [what, head] of [
    ['numbers', named(24)],
    ['channels', named(24, 'ch')],
    ['places', ['kitchen', 'hall', 'cellar', 'attic', 'garden', 'garage', 'bath', 'porch']],
  ] as const) {
    it(`are asked about where columns are called after ${what}`, async () => {
      const rows = signals(300, head.length);
      const text = csv(head, rows);
      const question = await refusalOf(readText(text, { input: ONE }));
      assert.ok(question instanceof ReadingQuestion);
      assert.equal(question.doubt.id, 'series-in-columns');
      const [columns, wide] = await Promise.all(
        question.doubt.ways.map(({ patch }) => readText(text, { input: ONE, ...patch.data })),
      );
      assert.deepEqual(
        columns!.instances.map(({ id, length }) => [id, length]),
        head.map((name) => [name, 300]),
      );
      assert.deepEqual(
        [...columns!.instances[3]!.values],
        rows.map((cells) => Number(cells[3])),
      );
      assert.deepEqual(columns!.features, ['value']);
      assert.deepEqual([wide!.instances.length, wide!.instances[0]!.length], [300, head.length]);
    });
  }

  it('are asked about beside a class that stays for many rows, too, which is no series', async () => {
    const head = ['heat', 'flow', 'level', 'power', 'speed', 'force', 'noise', 'light', 'label'];
    const rows = signals(300, 8).map((cells, row) => [...cells, row < 150 ? '0' : '1']);
    const text = csv(head, rows);
    const question = await refusalOf(readText(text, { input: ONE }));
    assert.ok(question instanceof ReadingQuestion);
    const { instances } = await readText(text, { input: ONE, ...question.doubt.ways[0]!.patch.data });
    assert.deepEqual(
      instances.map(({ id }) => id),
      head.slice(0, 8),
    );
  });

  it('are asked about where sensors of different kinds are noise around their levels', async () => {
    const rows = Array.from({ length: 120 }, () =>
      Array.from({ length: 24 }, (_, at) => (((at * 7) % 5) * 4 + random.normal()).toFixed(3)),
    );
    const question = await refusalOf(readText(csv([], rows), { input: ONE }));
    assert.ok(question instanceof ReadingQuestion);
    assert.equal(question.doubt.id, 'series-in-columns');
  });

  it('leave series in rows without a question: of the model’s steps, named as steps, of one class after the other, with labels', async () => {
    const shapes = Array.from({ length: 4 }, () => {
      let value = 0;
      return Array.from({ length: 24 }, () => (value += 2 * random.normal()));
    });
    const sorted = Array.from({ length: 120 }, (_, row) =>
      shapes[Math.floor(row / 30)]!.map((value) => (value + random.normal()).toFixed(4)),
    );
    for (const [head, rows, input] of [
      [named(24), signals(300, 24), { ...ONE, steps: 24 }],
      [named(24, 't'), signals(300, 24), ONE],
      [named(24, 'h'), signals(300, 24), ONE],
      [named(24), sorted, ONE],
      [named(24), sorted.map((_, row) => signals(24, 120).map((cells) => cells[row]!)), ONE],
      [['label', ...named(24)], signals(300, 24).map((cells, row) => [String(row % 2), ...cells]), ONE],
    ] as const) {
      const { layout, instances } = await readText(csv(head, rows), { input });
      assert.deepEqual([layout, instances.length], ['wide', rows.length]);
    }
  });
});

describe('reading: layout "columns"', () => {
  const RAGGED = 'time,a,b,c\n0,1.5,2,3\n1,2.5,3,\n2,3.5,,\n3,4,,\n';

  it('takes columns that end before others as shorter series, with their lines and times', async () => {
    const { instances, findings, time } = await readText(RAGGED, { layout: 'columns' });
    assert.deepEqual(
      instances.map(({ id, values, lines, times }) => [id, [...values], [...lines!], [...times!]]),
      [
        ['a', [1.5, 2.5, 3.5, 4], [2, 3, 4, 5], [0, 1, 2, 3]],
        ['b', [2, 3], [2, 3], [0, 1]],
        ['c', [3], [2], [0]],
      ],
    );
    assert.equal(time?.name, 'time');
    assert.equal(findings.filter(({ severity }) => severity !== 'info').length, 0);
  });

  it('refuses a gap by its line, or fills it as asked and says so', async () => {
    const gap = 'time,a,b\n0,1,2\n1,,3\n2,4,5\n';
    const refused = await refusalOf(readText(gap, { layout: 'columns' }));
    assert.match(refused.message, /line 3, column "a": the cell is blank; put a number there/);
    const filled = await readText(gap, { layout: 'columns', missing: 'interpolate' });
    assert.deepEqual([...filled.instances[0]!.values], [1, 2.5, 4]);
    assert.ok(codes(filled).includes('missing-filled'));
  });

  it('refuses a label, a mask and a column without a number', async () => {
    for (const [text, options, said] of [
      [RAGGED, { label: 'c' }, /no column can be the label/],
      [RAGGED, { maskColumn: 'c' }, /no column can say which steps are real/],
      ['a,b\n1,\n2,\n3,\n', { features: ['a', 'b'] }, /column "b": the column holds no number/],
    ] as const) {
      const { message } = await refusalOf(readText(text, { layout: 'columns', ...options }));
      assert.match(message, said);
    }
  });
});
