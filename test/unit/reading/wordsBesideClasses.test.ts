import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, rowsOf } from '../data/reading.ts';

const T = 40;
const N = 24;
const steps = Array.from({ length: T }, (_, step) => step);
const real = (of: number, step: number): number =>
  Number((Math.sin(of * 2.3 + step / 4) + of / 50).toFixed(3));
const counts = (of: number, step: number): number => 60 + Math.round(20 * Math.sin(of * 2.3 + step / 4));
const table = (row: (of: number) => readonly unknown[]): string =>
  Array.from({ length: N }, (_, of) => `${row(of).join()}\n`).join('');
const models: readonly DataOptions[] = [
  {},
  ...[T, null].map((count): DataOptions => ({ input: { layout: 'NFT', features: 1, steps: count } })),
];
const number = (of: number): number => Math.floor(of / 3) + 1;
const state = (of: number): number => of % 2;
const word = (of: number): string => 'ab'[of % 2]!;

/** What is asked until the series come, answered by the way that makes `label` the label. */
async function answered(text: string, options: DataOptions, label: string): Promise<string[]> {
  const said: string[] = [];
  for (let data: DataOptions = options; said.length < 3; ) {
    const read = await readText(text, data).catch((error: unknown) => error);
    if (!(read instanceof ReadingQuestion)) {
      assert.ok(!(read instanceof Error), String(read));
      const { instances } = read as Awaited<ReturnType<typeof readText>>;
      assert.equal(instances.length, N);
      return [...said, ...instances.map((one) => `${rowsOf(one)[0]!.length} ${one.label}`)];
    }
    said.push(read.doubt.id);
    const { ways } = read.doubt;
    const way = ways.find(({ patch }) => (patch.data as DataOptions).label === label) ?? ways[0]!;
    data = { ...data, ...(way.patch.data as DataOptions) };
  }
  return said;
}

describe('reading: a class of numbers beside words, without names', () => {
  const tables: readonly (readonly [string, string, string, (of: number) => unknown])[] = [
    [
      'the number of the row too',
      table((of) => [of, number(of), word(of), ...steps.map((s) => real(of, s))]),
      'column 3',
      word,
    ],
    [
      'steps of counts',
      table((of) => [word(of), ...steps.map((s) => counts(of, s)), state(of)]),
      'column 42',
      state,
    ],
  ];
  for (const [what, text, label, of] of tables) {
    it(`is asked about, and the other one is no step: ${what}`, async () => {
      for (const model of models) {
        const read = await answered(text, model, label);
        assert.equal(read.filter((one) => one === 'label-column').length, 1, JSON.stringify(model));
        assert.deepEqual(
          read.slice(-N),
          Array.from({ length: N }, (_, at) => `${T} ${of(at)}`),
        );
      }
    });
  }
});
