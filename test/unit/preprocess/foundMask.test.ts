import assert from 'node:assert/strict';
import type { Dataset, Instance } from '../../../src/data/dataset.ts';
import { longest } from '../../../src/engine/train/longest.ts';
import { marked } from '../../../src/engine/train/marked.ts';
import { parseMaskChoice } from '../../../src/preprocess/maskChoice.ts';
import { type PrepareOptions, prepare } from '../../../src/preprocess/prepare.ts';
import { resolveSteps } from '../../../src/preprocess/resolveSteps.ts';
import { refusal } from '../refusal.ts';

/** One feature. */
const instance = (values: readonly number[]): Instance => ({
  ...{ id: '7', index: 0, length: values.length },
  values: Float64Array.from(values),
});
const run = (values: readonly number[], steps: number, mask: string, more: Partial<PrepareOptions> = {}) =>
  prepare(
    { features: ['a'] },
    instance(values),
    { features: 1, steps },
    {
      ...{ steps: [], mask: parseMaskChoice(mask) },
      ...more,
    },
  );
const pad = { kind: 'pad', to: null, value: 0, side: 'end' } as const;
const byItself = { kind: 'standardize', by: 'instance' } as const;

describe('padding that stands in the file', () => {
  it('is no part of statistics under length:N, and stays what it was', () => {
    // Mean 3 and deviation 1 over the real steps, on paper.
    const { x, length } = run([2, 4, 2, 4, 9, 9, 9], 7, 'length:4', { steps: [byItself, pad] });
    assert.deepEqual([...x], [-1, 1, -1, 1, 0, 0, 0]);
    assert.equal(length, 4);
    const front = { ...pad, side: 'front' } as const;
    const last = run([9, 9, 9, 2, 4, 2, 4], 7, 'length:4@front', { steps: [byItself, front] });
    assert.deepEqual([...last.x], [0, 0, 0, -1, 1, -1, 1]);
  });

  it('is found in the same way for training: what a choice cannot tell counts as real', async () => {
    const [short, long] = [
      [1, 2, 3],
      [1, 2, 3, 4, 9, 9, 9],
    ].map(instance);
    const set = { features: ['a'], instances: [short, long], findings: [] } as unknown as Dataset;
    const masks = async (mask: string) =>
      (await marked(set, parseMaskChoice(mask))).instances.map((one) => one.mask?.join(''));
    assert.deepEqual(await masks('length:4'), ['111', '1111000']);
    assert.deepEqual(await masks('auto'), ['111', '1111000']);
    assert.deepEqual(await masks('none'), ['111', '1111111']);
    assert.equal(longest([await marked(set, parseMaskChoice('length:4'))], undefined), 4);
  });

  it('is no part of the statistics of an instance without a pad step either', () => {
    const { x, findings } = run([2, 4, 2, 4, 0, 0, 0], 7, 'auto', { steps: [byItself] });
    assert.deepEqual([...x].slice(0, 4), [-1, 1, -1, 1]);
    assert.ok(findings.some(({ code }) => code === 'padded-before-standardise'));
  });

  it('is no part of the statistics of a training file where a pad step is set', async () => {
    const train = { features: ['a'], instances: [instance([2, 4, 2, 4, 0, 0, 0])] } as unknown as Dataset;
    const from = { kind: 'standardize', by: 'file', from: 'train.csv' } as const;
    const [first] = await resolveSteps([from, pad], async () => train, { kind: 'auto' });
    assert.deepEqual(first, { kind: 'standardize', by: 'given', mean: [3], std: [1], features: ['a'] });
    const [all] = await resolveSteps([from], async () => train, { kind: 'auto' });
    assert.notDeepEqual(all, first);
  });

  for (const [mask, values, kept] of [
    ['trailing', [1, 2, 3, 0, 0, 0, 0], [1, 2, 3, 0, 0]],
    ['leading', [0, 0, 0, 0, 1, 2, 3], [0, 0, 1, 2, 3]],
    ['length:3', [1, 2, 3, 5, 6, 7, 8], [1, 2, 3, 5, 6]],
  ] as const) {
    it(`goes before anything is cut where the mask ${mask} says so`, () => {
      const { x, length } = run(values, 5, mask);
      assert.deepEqual([...x], kept);
      assert.equal(length, 3);
    });
  }

  it('is taken off where several series of the file show it, though the model takes fewer steps, and is said', () => {
    const instances = [
      [1, 2, 3, 0, 0, 0, 0, 0],
      [4, 3, 2, 1, 0, 0, 0, 0],
      [5, 1, 5, 2, 3, 0, 0, 0],
    ].map((values, index) => ({ ...instance(values), index, id: `${index}` }));
    const given = { kind: 'standardize', by: 'given', mean: [1], std: [2], features: ['a'] } as const;
    const options = (mask: string, steps: PrepareOptions['steps']) => ({
      steps,
      mask: parseMaskChoice(mask),
    });
    const of = (index: number, mask = 'auto', steps: PrepareOptions['steps'] = [given, pad]) =>
      prepare(
        { features: ['a'], instances },
        instances[index]!,
        { features: 1, steps: 5 },
        options(mask, steps),
      );
    assert.deepEqual([...of(0).x], [0, 0.5, 1, 0, 0]);
    assert.deepEqual([...of(2).x], [2, 0, 2, 0.5, 1]);
    assert.deepEqual(
      [0, 1, 2].map((i) => of(i).length),
      [3, 4, 5],
    );
    // Without a pad step as well; then the zeros of the file stay.
    assert.deepEqual([...of(1, 'auto', []).x], [4, 3, 2, 1, 0]);
    assert.match(
      of(0)
        .findings.map(({ sentence }) => sentence)
        .join(),
      /last 5 steps .* taken as padding; choose/,
    );
    assert.throws(() => of(0, 'none'), refusal('too-long', /let it be cut/));
    // One series alone shows nothing: it is asked.
    assert.throws(
      () => run([1, 2, 3, 0, 0, 0, 0, 0], 5, 'auto'),
      refusal('too-long-padded', /--mask trailing/),
    );
    // What is too long without it stays so.
    const long = { ...instance([1, 2, 3, 4, 5, 6, 0, 0]), id: '3', index: 3 };
    assert.throws(
      () =>
        prepare(
          { features: ['a'], instances: [...instances, long] },
          long,
          { features: 1, steps: 5 },
          options('auto', []),
        ),
      refusal('too-long', /let it be cut/),
    );
  });

  it('is named in place of the advice to cut', () => {
    const padded = /7 steps, more than the 5 .* last 4 steps repeat one value .*--mask trailing/;
    assert.throws(() => run([1, 2, 3, 0, 0, 0, 0], 5, 'auto'), refusal('too-long-padded', padded));
    for (const [values, mask] of [
      [[1, 2, 3, 4, 5, 6, 0, 0], 'auto'],
      [[1, 2, 3, 0, 0, 0, 0], 'none'],
    ] as const) {
      assert.throws(() => run(values, 5, mask), refusal('too-long', /let it be cut/));
    }
  });
});
