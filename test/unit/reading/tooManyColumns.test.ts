import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const STEPS = 12;
const pulse = (at: number): number => Math.round(70 + 9 * Math.sin(at * 0.7) + 4 * Math.sin(at * 1.9));
const count = (at: number): number => (at * 7 + (at >> 2)) % 3;
const model = (features: number): DataOptions => ({ input: { layout: 'NFT', features, steps: null } });

/** Six cases. */
function text(names: string, cells: (of: number, at: number) => readonly unknown[]): string {
  const rows = Array.from({ length: 6 * STEPS }, (_, at) =>
    [`p${Math.floor(at / STEPS)}`, at % STEPS, ...cells(Math.floor(at / STEPS), at)].join(),
  );
  return `patient_id,hour,${names}\n${rows.join('\n')}\n`;
}

async function waysOf(file: string, features: number): Promise<DataOptions[]> {
  const asked = await refusalOf(readText(file, model(features)));
  assert.ok(asked instanceof ReadingQuestion);
  assert.equal(asked.code, 'ask-too-many-columns');
  return asked.doubt.ways.map(({ patch }) => patch.data as DataOptions);
}

describe('reading: one column of numbers more than the model has features', () => {
  it('a class of numbers is offered as the label beside signals of few whole numbers', async () => {
    const file = text('steps,heart_rate,ward', (of, at) => [count(at), pulse(at), of % 2 ? 7 : 3]);
    const [label, none] = await waysOf(file, 2);
    for (const [way, labels] of [
      [label, ['3', '7', '3']],
      [none, [undefined, undefined, undefined]],
    ] as const) {
      const { features, instances } = await readText(file, { ...model(2), ...way });
      assert.deepEqual(features, ['steps', 'heart_rate']);
      assert.deepEqual(
        instances.slice(0, 3).map((one) => one.label),
        labels,
      );
    }
  });

  it('each of two numbers that stay through an instance may be the class', async () => {
    const file = text('floor,door,pulse,arm', (of, at) => [1 + (of >> 1), count(at), pulse(at), of % 2]);
    assert.deepEqual(await waysOf(file, 2), [
      { label: 'floor' },
      { label: 'arm' },
      { features: ['door', 'pulse'] },
    ]);
    const { features, instances } = await readText(file, { ...model(2), label: 'arm' });
    assert.deepEqual([features, instances[1]!.label], [['door', 'pulse'], '1']);
  });

  it('a label per row stands at either end of such signals', async () => {
    const file = (names: string, row: (at: number) => readonly unknown[]) =>
      `${names}\n${Array.from({ length: 40 }, (_, at) => row(at).join()).join('\n')}\n`;
    const last = file('pulse,door,alarm', (at) => [pulse(at), count(at), +(at % 5 > 2)]);
    const first = file('alarm,pulse,door', (at) => [+(at % 5 > 2), pulse(at), count(at)]);
    for (const one of [last, first]) {
      assert.ok((await waysOf(one, 2)).some(({ features }) => features?.join() === 'pulse,door'));
    }
  });

  it('as many as it is taken to have steps may be its features', async () => {
    const names = Array.from({ length: 15 }, (_, f) => `s${'abcdefghijklmno'[f]}`);
    const file = text(names.join(), (of, at) => names.map((_, f) => Math.sin(of + at * (f + 1)).toFixed(3)));
    const input = { layout: 'NTF', features: STEPS, steps: 15 } as const;
    const asked = await refusalOf(readText(file, { input }));
    assert.ok(asked instanceof ReadingQuestion);
    assert.match(asked.message, /takes 12 features, the data has 15 .*as many as it is taken to have steps/);
    assert.deepEqual(asked.doubt.ways, [
      { label: 'a series has 15 features and 12 steps', patch: { input: 'NFT' } },
    ]);
  });
});
