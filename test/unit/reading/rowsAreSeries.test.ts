import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readText, refusalOf } from '../data/reading.ts';

const STEPS = 30;
/** A smooth series of its own in each row. */
const smooth = (of: number, step: number): string =>
  (Math.sin(step * (0.2 + 0.03 * (of % 5)) + of * 2.4) * (1 + (of % 3)) + Math.cos(of * 5.1)).toFixed(3);
const noise = (at: number): string => (((at * 7919 + 13) % 1009) / 100 - 5).toFixed(3);
const kinds = ['low', 'high', 'low'];

function table(
  head: readonly string[],
  rows: number,
  cell: (of: number, step: number) => string,
  beside: (of: number) => readonly unknown[] = () => [],
) {
  const lines = Array.from({ length: rows }, (_, of) =>
    [...beside(of), ...Array.from({ length: STEPS }, (__, step) => cell(of, step))].join(),
  );
  return `${head.length > 0 ? `${head.join()}\n` : ''}${lines.join('\n')}\n`;
}
const counted = (stem: string) => Array.from({ length: STEPS }, (_, step) => `${stem}${step}`);

describe('reading without a model: rows whose numbers go on along them', () => {
  for (const [what, head, beside] of [
    [
      'a date and a kind',
      ['date', 'level', ...counted('q')],
      (of: number) => [`2024-02-${10 + of}`, kinds[of % 3]],
    ],
    [
      'a number with a point and a kind',
      ['customer', 'level', ...counted('q')],
      (of: number) => [`${100_000 + 37 * of}.0`, kinds[of % 3]],
    ],
    ['a class, without names', [], (of: number) => [kinds[of % 3]]],
  ] as const) {
    it(`${what} beside them: series, with the kind as class`, async () => {
      const { layout, instances, features } = await readText(table(head, 12, smooth, beside));
      assert.deepEqual(
        [layout, instances.length, features.length, instances[0]!.length],
        ['wide', 12, 1, STEPS],
      );
      assert.deepEqual(
        instances.slice(0, 3).map(({ label }) => label),
        kinds,
      );
    });
  }

  it('steps by name beside a date and a class of numbers, or a date alone: asked, with a way that reads them', async () => {
    const day = (of: number) => `2024-02-${10 + of}`;
    for (const [head, beside, label] of [
      [['target', 'date', ...counted('t')], (of: number) => [of % 2, day(of)], '1'],
      [['date', ...counted('t')], (of: number) => [day(of)], undefined],
      [['start_ms', ...counted('t')], (of: number) => [1_700_000_000_000 + of * 3_600_000], undefined],
    ] as const) {
      const text = table(head, 12, smooth, beside);
      assert.equal((await refusalOf(readText(text))).code, 'ask-few-rows');
      const { instances } = await readText(text, { layout: 'wide', time: null });
      assert.deepEqual([instances.length, instances[1]!.length, instances[1]!.label], [12, STEPS, label]);
    }
  });

  it('noise, and values that go on down the rows, are asked as before', async () => {
    for (const cell of [
      (of: number, step: number) => noise(of * STEPS + step),
      (of: number, step: number) => smooth(step, of),
    ]) {
      const asked = await refusalOf(
        readText(table(['level', ...counted('q')], 12, cell, (of) => [kinds[of % 3]])),
      );
      assert.equal(asked.code, 'ask-few-rows');
    }
  });

  it('columns called 0.000, 0.001, … or by dates are steps, whatever counts in them', async () => {
    for (const name of [
      (step: number) => (step / 1000).toFixed(3),
      (step: number) => `2023-01-${String(step + 1).padStart(2, '0')}`,
    ]) {
      const names = Array.from({ length: STEPS }, (_, step) => name(step));
      const { layout, instances } = await readText(table(names, 6, smooth));
      assert.deepEqual([layout, instances.length, instances[0]!.length], ['wide', 6, STEPS]);
    }
  });

  it('a name with a number beyond all others takes no time and no room', async () => {
    const names = counted('att').map((name, step) => (step === 9 ? 'att2147483648' : name));
    const read = await readText(table(names, 6, smooth)).catch((error: Error) => error);
    assert.ok(!(read instanceof RangeError));
  });

  it('none of t_0.0, t_0.1, … is the time of the rows for a model of one feature', async () => {
    const names = Array.from({ length: STEPS }, (_, step) => `t_${(step / 10).toFixed(1)}`);
    const model: DataOptions = { input: { layout: 'NFT', features: 1, steps: null } };
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1000 }), async (seed) => {
        const { layout, instances } = await readText(
          table(names, 9, (of, step) => noise(seed + of * STEPS + step)),
          model,
        );
        assert.deepEqual([layout, instances[0]!.length], ['wide', STEPS]);
      }),
      { numRuns: 30 },
    );
  });

  it('under "sensor" in the corner rows are features, with a model and without', async () => {
    const text = table(['sensor', ...counted('')], 4, smooth, (of) => [`s${'abcd'[of]}`]);
    for (const options of [{}, { input: { layout: 'NFT', features: 4, steps: null } } as const]) {
      const { features, instances } = await readText(text, options);
      assert.deepEqual(
        [features, instances.length, instances[0]!.length],
        [['sa', 'sb', 'sc', 'sd'], 1, STEPS],
      );
    }
  });
});

describe('reading: what tells instances apart', () => {
  const value = (at: number) => (Math.sin(at * 1.7) * 3).toFixed(3);

  it('a sample that counts within the repetitions of each exercise is the time of each', async () => {
    const lines = ['S1', 'S2'].flatMap((who) =>
      ['squat', 'lunge'].flatMap((what) =>
        [1, 2, 3].flatMap((rep) =>
          Array.from({ length: 9 + rep }, (_, at) =>
            [who, what, rep, at, value(at * 3 + rep), value(at + rep * 31)].join(),
          ),
        ),
      ),
    );
    const { instances, features } = await readText(
      `participant,exercise,rep,sample,gx,gy\n${lines.join('\n')}\n`,
    );
    assert.deepEqual([instances.length, features], [12, ['gx', 'gy']]);
    assert.deepEqual([instances[0]!.label, instances[3]!.label], ['squat', 'lunge']);
  });

  it('dates that start again show it as numbers do, under any name', async () => {
    const stamp = (at: number) => new Date(Date.UTC(2024, 0, 1) + at * 60_000).toISOString().slice(0, 19);
    const lines = [7, 9, 4].flatMap((who) =>
      Array.from({ length: 20 + who }, (_, at) => [who, stamp(at), value(at * who), value(at + who)].join()),
    );
    const { instances, features } = await readText(`patient_id,erfasst,hr,rr\n${lines.join('\n')}\n`);
    assert.deepEqual(
      [features, instances.map(({ length }) => length)],
      [
        ['hr', 'rr'],
        [27, 29, 24],
      ],
    );
  });

  it('a signal that counts is asked about where the model takes it, not left aside and then missed', async () => {
    const lines = Array.from({ length: 40 }, (_, at) => [(at / 10).toFixed(1), at, value(at)].join());
    const model: DataOptions = { input: { layout: 'NFT', features: 2, steps: null } };
    assert.equal(
      (await refusalOf(readText(`time,soc,current\n${lines.join('\n')}\n`, model))).code,
      'ask-odd-feature',
    );
  });
});
