import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { createRandom } from '../../../src/random.ts';
import { readText, refusalOf } from '../data/reading.ts';

const T = 21;
/** More than the rows that a table is understood from, all of one class. */
const OF_FIRST = 2100;
const ROWS = OF_FIRST + 60;

const random = createRandom(11);
/** Heart beats as they are given away: the same course a little moved, zeros behind the end. */
const beats = Array.from({ length: ROWS }, () => {
  const length = 12 + random.integer(T - 13);
  const phase = random.normal();
  return Array.from({ length: T }, (_, t) =>
    t < length ? (0.5 + 0.4 * Math.sin(t / 3 + phase) + 0.02 * random.normal()).toFixed(3) : '0.000',
  );
});
const classOf = (row: number) => (row < OF_FIRST ? 0 : 1 + (row % 3));
const text = (head: string | null, row: (at: number) => readonly unknown[]) =>
  [...(head === null ? [] : [head]), ...beats.map((_, at) => row(at).join())].join('\n');

async function assertAsked(data: string, options: DataOptions, says: RegExp): Promise<ReadingQuestion> {
  const asked = await refusalOf(readText(data, options));
  assert.ok(asked instanceof ReadingQuestion, asked.message);
  assert.match(asked.message, says);
  return asked;
}

/** The best known of such files: 87,554 beats of MIT-BIH, sorted by class, the class behind them, without names. */
describe('reading: rows sorted by class', () => {
  const counted = Array.from({ length: T + 1 }, (_, at) => at).join();
  const late = /whole numbers of 4 kinds and could be the label/;

  it('a class that does not change in the first rows is asked about, behind the series or before them', async () => {
    for (const [isLast, options] of [
      [true, {}],
      [false, { layout: 'wide' }],
    ] as const) {
      const row = (at: number) =>
        isLast ? [...beats[at]!, classOf(at)] : [`${classOf(at)}.0`, ...beats[at]!];
      const asked = await assertAsked(text(counted, row), options, late);
      const { instances } = await readText(
        text(counted, row),
        asked.doubt.ways[0]!.patch.data as DataOptions,
      );
      assert.deepEqual(
        [instances.length, instances[0]!.length, Number(instances.at(-1)!.label)],
        [ROWS, T, classOf(ROWS - 1)],
      );
    }
    await assertAsked(
      text(null, (at) => [...beats[at]!, classOf(at)]),
      { layout: 'wide' },
      late,
    );
  });

  it('a last step that is padding in the first rows is one', async () => {
    const row = (at: number) => [...beats[at]!, at < OF_FIRST ? '0' : '0.25'];
    const { instances } = await readText(text(counted, row), {});
    assert.deepEqual([instances.length, instances[0]!.length], [ROWS, T + 1]);
  });

  it('without names and without a model it is asked whether rows are series, unless they go on', async () => {
    const rows = text(null, (at) => beats[at]!);
    const asked = await assertAsked(rows, {}, /a row is no nearer to the next one than to others/);
    const { instances } = await readText(rows, asked.doubt.ways[0]!.patch.data as DataOptions);
    assert.deepEqual([instances.length, instances[0]!.length], [ROWS, T]);
    const at = Array.from({ length: T }, () => 0);
    const recording = Array.from({ length: 400 }, () =>
      at
        .map((value, k) => {
          at[k] = value + random.normal();
          return at[k]!.toFixed(3);
        })
        .join(),
    ).join('\n');
    assert.equal((await readText(recording, {})).instances.length, 1);
  });

  it('a first step that is always 1 beside a class that is always 0 so far is no one-hot label', async () => {
    const row = (at: number) => ['1.0', ...beats[at]!, '0', classOf(at)];
    await assertAsked(text(null, row), { layout: 'wide' }, late);
  });
});

describe('reading: one number through each instance, and one throughout the first rows', () => {
  const steps = 25;
  const cases = 90;
  const rows = (head: string, own: (of: number, step: number) => readonly unknown[]) =>
    [
      head,
      ...Array.from({ length: cases * steps }, (_, at) => {
        const [of, step] = [Math.floor(at / steps), at % steps];
        const signal = [0, 1].map((f) => Math.sin(of * 3 + step / (4 + f) + f).toFixed(3));
        return [of, step, ...signal, ...own(of, step)].join();
      }),
    ].join('\n');
  const late = (of: number) => (of < 82 ? 4 : 7);

  it('a code, a rate or an age beside the label is asked about, and right when it is none', async () => {
    for (const [name, value] of [
      ['q', late],
      ['fs', (of: number) => 50 * (late(of) - 3)],
      ['height', (of: number) => `${late(of)}.5`],
    ] as const) {
      const text = rows(`id,t,ax,ay,${name},label`, (of) => [value(of), of < 82 ? 'a' : 'b']);
      const asked = await assertAsked(text, {}, new RegExp(`column "${name}": .* begins here`));
      const [no] = asked.doubt.ways;
      const { features, instances } = await readText(text, no!.patch.data as DataOptions);
      assert.deepEqual([features, instances.length], [['ax', 'ay'], cases]);
    }
  });

  it('without a label it may be the label', async () => {
    const text = rows('id,t,ax,ay,outcome_of_it', (of) => [late(of)]);
    const asked = await assertAsked(text, {}, /begins here/);
    const way = asked.doubt.ways.find(({ label }) => label === 'it is the label');
    const { instances } = await readText(text, way!.patch.data as DataOptions);
    assert.deepEqual([instances[0]!.label, instances.at(-1)!.label], ['4', '7']);
  });

  it('what changes within an instance is a signal, and one number through the whole file stays a feature', async () => {
    for (const value of [(of: number, step: number) => (of > 85 && step > 9 ? 1 : 0), () => 9.81]) {
      const text = rows('id,t,ax,ay,gate,label', (of, step) => [value(of, step), of % 2 ? 'a' : 'b']);
      assert.deepEqual((await readText(text)).features, ['ax', 'ay', 'gate']);
    }
  });
});
