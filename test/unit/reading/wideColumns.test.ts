import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { codes, readText, refusalOf, rowsOf } from '../data/reading.ts';

const T = 20;
const value = (at: number): string => (((at * 37) % 101) / 10 - 4 + 0.03).toFixed(2);
const series = (of: number): string[] => Array.from({ length: T }, (_, step) => value(of * 31 + step));
const names = Array.from({ length: T }, (_, step) => `t${step}`);
const words = [...'abbaabab'];
const table = (head: readonly string[], row: (of: number) => readonly unknown[]): string =>
  `${[head, ...words.map((_, of) => row(of))].map((cells) => cells.join()).join('\n')}\n`;
const one = (steps: number | null): DataOptions => ({ input: { layout: 'NFT', features: 1, steps } });
const everywhere: readonly DataOptions[] = [
  {},
  one(null),
  one(T),
  one(2 * T),
  { ...one(null), layout: 'wide' },
  { layout: 'wide' },
];

/** Every series of `text` has the values of its row, and its word as label. */
async function assertRight(
  text: string,
  options: DataOptions,
  labels: readonly unknown[] = words,
): Promise<void> {
  const { instances } = await readText(text, options);
  assert.deepEqual(
    instances.map(rowsOf),
    words.map((_, of) => [series(of).map(Number)]),
  );
  assert.deepEqual(
    instances.map(({ label }) => label),
    labels.map(String),
  );
}

describe('reading: columns beside the steps of a row', () => {
  const kinds: readonly (readonly [string, readonly string[], (of: number) => readonly unknown[]])[] = [
    ['an age before them', ['age', 'label', ...names], (of) => [30 + 2 * of, words[of], ...series(of)]],
    [
      'their mean and deviation behind them',
      ['id', ...names, 'mean', 'std', 'label'],
      (of) => [of, ...series(of), value(of), value(of + 7), words[of]],
    ],
    ['a fold behind them', [...names, 'label', 'fold'], (of) => [...series(of), words[of], of % 5]],
    [
      'a person that comes again',
      ['subject_id', 'label', ...names],
      (of) => [of >> 1, words[of], ...series(of)],
    ],
    [
      'times as names, and a class',
      [...names.map((_, step) => (step * 0.02).toFixed(2)), 'class', 'weight'],
      (of) => [...series(of), words[of], 60.5 + of],
    ],
    [
      'names as pandas makes them of equal ones',
      ['label', 'age', 'x', ...names.slice(1).map((_, at) => `x.${at + 1}`)],
      (of) => [words[of], 30 + of, ...series(of)],
    ],
  ];
  for (const [what, head, row] of kinds) {
    it(`${what} are no steps, whatever the model takes and the layout says`, async () => {
      for (const options of everywhere) await assertRight(table(head, row), options);
    });
  }

  it('with them as many as the model takes steps: asked', async () => {
    const text = table(['age', 'label', ...names], (of) => [30 + 2 * of, words[of], ...series(of)]);
    const asked = await refusalOf(readText(text, one(T + 1)));
    assert.ok(asked instanceof ReadingQuestion);
    assert.equal(asked.code, 'ask-odd-steps');
    const [aside, all] = asked.doubt.ways.map(({ patch }) => patch.data as DataOptions);
    await assertRight(text, { ...one(T + 1), ...aside });
    assert.equal((await readText(text, { ...one(T + 1), ...all })).instances[0]!.length, T + 1);
  });

  it('few whole numbers beside them are asked as the label, one-hot columns refused', async () => {
    const text = table([...names, 'kind'], (of) => [...series(of), of % 3]);
    const asked = await refusalOf(readText(text, one(null)));
    assert.equal(asked.code, 'ask-label-column');
    const flags = table([...names, 'c_a', 'c_b'], (of) => [...series(of), of % 2, 1 - (of % 2)]);
    for (const options of [one(null), one(T), one(2 * T)])
      assert.match((await refusalOf(readText(flags, options))).code, /one-hot$/);
  });

  it('without names the number of the row and the label stand before them', async () => {
    const text = `${words.map((_, of) => [of + 1, of % 2, ...series(of)].join()).join('\n')}\n`;
    for (const options of [one(null), one(T), one(2 * T)])
      await assertRight(
        text,
        options,
        words.map((_, of) => of % 2),
      );
    const aged = `${words.map((_, of) => [of % 2, 30 + of * 3, ...series(of)].join()).join('\n')}\n`;
    await assertRight(
      aged,
      one(T),
      words.map((_, of) => of % 2),
    );
  });

  it('no model, and a label that changes from row to row beside many other numbers: series are offered', async () => {
    const letters = Array.from({ length: T }, (_, step) => `w${String.fromCharCode(97 + step)}`);
    const text = table(['label', ...letters], (of) => [words[of], ...series(of)]);
    const asked = await refusalOf(readText(text));
    assert.ok(asked instanceof ReadingQuestion);
    assert.deepEqual(asked.doubt.ways[0]!.patch, { data: { layout: 'wide' } });
    await assertRight(text, { layout: 'wide' });
  });
});

describe('reading: numbered steps that do not stand in order', () => {
  const inOrder = (order: readonly number[], stem: string) =>
    table(['label', ...order.map((step) => `${stem}${step}`)], (of) => [
      words[of],
      ...order.map((step) => series(of)[step]),
    ]);
  const up = names.map((_, step) => step);
  const asText = up.toSorted((a, b) => (`${a}` < `${b}` ? -1 : 1));

  it('sorted as text, or counting down: read by their numbers, and said', async () => {
    for (const order of [asText, up.toReversed()])
      for (const options of everywhere) {
        await assertRight(inOrder(order, 't'), options);
        assert.ok(codes(await readText(inOrder(order, 't'), options)).includes('steps-sorted'));
      }
    const asThere = await readText(inOrder(asText, 't'), { layout: 'flatFT' });
    assert.deepEqual(
      rowsOf(asThere.instances[0]!)[0],
      asText.map((step) => Number(series(0)[step])),
    );
  });

  it('names that count backwards stay as they stand, and that is said', async () => {
    const set = await readText(inOrder(up.toReversed(), 'lag_'), one(null));
    assert.deepEqual(rowsOf(set.instances[0]!)[0], series(0).map(Number).toReversed());
    assert.ok(codes(set).includes('steps-sorted'));
  });

  it('signs are signs; a step that lacks is said; every tenth is no gap', async () => {
    const signed = table(
      ['label', ...up.map((step) => `t${step < 10 ? '-' : '+'}${Math.abs(step - 10)}`)],
      (of) => [words[of], ...series(of)],
    );
    await assertRight(signed, one(null));
    assert.ok(!codes(await readText(signed)).some((code) => code.startsWith('steps-')));
    const gap = inOrder(
      up.filter((step) => step !== 7),
      't',
    );
    assert.ok(codes(await readText(gap)).includes('steps-lack'));
    const tens = table(['label', ...up.map((step) => `t${step * 10}`)], (of) => [words[of], ...series(of)]);
    assert.ok(!codes(await readText(tens)).some((code) => code.startsWith('steps-')));
  });

  it('take the name of the one feature, which training writes, for no column; another one is missed', async () => {
    const text = table([...names, 'label'], (of) => [...series(of), words[of]]);
    for (const options of [{}, one(null), one(T), one(2 * T)]) {
      await assertRight(text, { ...options, features: ['value'] });
    }
    const few = table(['a', 'b', 'c', 'label'], (of) => [...series(of).slice(0, 3), words[of]]);
    const { message } = await refusalOf(readText(few, { ...one(null), features: ['value'] }));
    assert.match(message, /lacks the feature column value/);
  });
});
