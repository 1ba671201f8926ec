import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { labelsByLook } from '../../../src/data/numpy/labelsByLook.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const STEPS = 20;
const value = (of: number, step: number): string => (Math.sin(of * 2.3 + step * 0.4) + of / 10).toFixed(3);
const steps = Array.from({ length: STEPS }, (_, step) => step);
const series = (of: number): string => steps.map((step) => value(of, step)).join();
const model = (count: number | null): DataOptions => ({
  input: { layout: 'NFT', features: 1, steps: count },
});
const labelsOf = (set: { readonly instances: readonly { readonly label?: string }[] }) =>
  set.instances.slice(0, 4).map(({ label }) => label);
const none = [undefined, undefined, undefined, undefined];

/** Twelve rows of series, each with the cells before it. */
function wide(
  names: string,
  before: (of: number) => readonly unknown[],
  after = (_of: number): readonly unknown[] => [],
) {
  const head = names === '' ? '' : `${names},${steps.map((step) => `t${step}`).join()}\n`;
  const rows = Array.from({ length: 12 }, (_, of) => [...before(of), series(of), ...after(of)].join());
  return `${head}${rows.join('\n')}\n`;
}

async function waysOf(text: string, options: DataOptions): Promise<DataOptions[]> {
  const asked = await refusalOf(readText(text, options));
  assert.ok(asked instanceof ReadingQuestion);
  assert.equal(asked.code, 'ask-label-column');
  return asked.doubt.ways.map(({ patch }) => patch.data as DataOptions);
}

describe('reading: persons and recordings are no classes', () => {
  it('beside steps the other column is the label, and what a person is in may be one', async () => {
    for (const name of ['patient_id', 'subject', 'session', 'record']) {
      const both = wide(`${name},arm`, (row) => [1 + Math.floor(row / 3), row % 2]);
      assert.deepEqual(labelsOf(await readText(both, model(STEPS))), ['0', '1', '0', '1']);
    }
    const text = wide('patient_group', (row) => [row % 2]);
    assert.deepEqual(labelsOf(await readText(text, model(STEPS))), ['0', '1', '0', '1']);
  });

  it('words of persons in long tables are no label, unless they are the classes', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => {
      const of = Math.floor(at / 10);
      return [of, at % 10, `w${of >> 1}`, value(of, at), value(of, at * 3)].join();
    });
    const read = (name: string, options?: DataOptions) =>
      readText(`id,t,${name},a,b\n${rows.join('\n')}\n`, options);
    assert.deepEqual(labelsOf(await read('session_type')), ['w0', 'w0', 'w1', 'w1']);
    for (const name of ['subject', 'patient', 'session', 'visit']) {
      assert.deepEqual(labelsOf(await read(name)), none);
      const classes = ['w0', 'w1', 'w2'];
      assert.deepEqual(labelsOf(await read(name, { classes })), ['w0', 'w0', 'w1', 'w1']);
    }
  });

  it('arrays of persons, starts and counts beside the series are no labels', () => {
    const side = (name: string) => ({
      names: ['X', name],
      get: () => ({ dims: [6], data: Int32Array.of(1, 1, 2, 2, 3, 3), dtype: 'int32' }),
    });
    const roles = (name: string) =>
      ({ x: 'X', aside: [name] }) as unknown as Parameters<typeof labelsByLook>[1];
    const found = (name: string) =>
      labelsByLook(
        side(name) as unknown as Parameters<typeof labelsByLook>[0],
        roles(name),
        6,
        'a.npz',
        'array',
      ).roles.y;
    for (const name of ['subjects', 'ids', 'sid', 't0', 'start', 'offset', 'n'])
      assert.equal(found(name), undefined);
    assert.equal(found('condition'), 'condition');
  });

  it('without names: a word, and few whole numbers at an end of decimals, could each be the label', async () => {
    const texts = [
      wide(
        '',
        (row) => [`p${Math.floor(row / 3)}`],
        (row) => [row % 2],
      ),
      wide(
        '',
        (row) => [1 + Math.floor(row / 3)],
        (row) => [row % 2 ? 'b' : 'a'],
      ),
    ];
    for (const [text, at, labels] of [
      [texts[0]!, 0, ['0', '1', '0', '1']],
      [texts[1]!, 1, ['a', 'b', 'a', 'b']],
    ] as const) {
      for (const count of [STEPS, null]) {
        const ways = await waysOf(text, model(count));
        const set = await readText(text, { ...model(count), ...ways[at] });
        assert.deepEqual([labelsOf(set), set.instances[0]!.length], [labels, STEPS]);
      }
    }
  });
});
