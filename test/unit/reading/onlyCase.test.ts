import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);
const model = (features: number): DataOptions => ({ input: { layout: 'NFT', features, steps: null } });
/** More rows than the columns are understood from. */
const LONG = 2100;

function table(head: string, rows: number, cells: (at: number) => readonly unknown[]): string {
  const lines = Array.from({ length: rows }, (_, at) => [...cells(at), value(at), value(at * 3 + 1)].join());
  return `${head},u,v\n${lines.join('\n')}\n`;
}

describe('reading: a name of recordings that is one value throughout the first rows', () => {
  for (const [head, name] of [
    ['session', (at: number) => at],
    ['STATIONS_ID', (at: number) => 44 + at],
    ['device', (at: number) => `d${at}`],
    ['file', (at: number) => `f${at}.csv`],
  ] as const) {
    it(`${head}: one instance, or as many as follow, with and without a model`, async () => {
      for (const options of [{}, model(2)]) {
        const one = await readText(
          table(`t,${head}`, 60, (at) => [at, name(0)]),
          options,
        );
        assert.deepEqual([one.features, one.instances.length], [['u', 'v'], 1]);
        const text = table(`t,${head}`, 2 * LONG, (at) => [at, name(Math.floor(at / LONG))]);
        const { features, instances } = await readText(text, options);
        assert.deepEqual(
          [features, instances.map(({ length }) => length)],
          [
            ['u', 'v'],
            [LONG, LONG],
          ],
        );
      }
    });
  }

  it('is a feature where the model takes as many or "features" lists it, and no instance where that is said', async () => {
    const text = table('t,session', 60, (at) => [at, 1]);
    assert.equal((await refusalOf(readText(text, model(3)))).code, 'ask-odd-feature');
    const listed = await readText(text, { ...model(3), features: ['session', 'u', 'v'] });
    assert.deepEqual(listed.features, ['session', 'u', 'v']);
    assert.equal((await readText(text, { layout: 'single' })).features.length, 3);
  });

  it('a word beside it is no label for being the only one; a label by its name is', async () => {
    const read = async (head: string) =>
      (await readText(table(`t,session,${head}`, 60, (at) => [at, 1, 'n']))).instances[0]!.label;
    assert.deepEqual([await read('note'), await read('activity')], [undefined, 'n']);
  });

  it('that comes again after others is asked with its line, and each way reads the file', async () => {
    const text = table('t,device', 3 * LONG, (at) => [at, Math.floor(at / LONG) % 2]);
    const asked = await refusalOf(readText(text));
    assert.ok(asked instanceof ReadingQuestion);
    assert.match(asked.message, /line 4202, column "device": "0" comes again after others/);
    const read = await Promise.all(
      asked.doubt.ways.map(({ patch }) => readText(text, patch.data as DataOptions)),
    );
    assert.deepEqual(
      read.map(({ instances }) => instances.length),
      [2, 1],
    );
    assert.deepEqual(
      read.map(({ features }) => features),
      [
        ['u', 'v'],
        ['u', 'v'],
      ],
    );
  });

  it('beside those that tell instances apart it is left aside, and asked where it changes within one', async () => {
    const text = (sessions: number, rows: number) =>
      table('session,trial,t', rows, (at) => [
        Math.floor(at / LONG) % sessions,
        Math.floor(at / 100) % 21,
        at,
      ]);
    assert.deepEqual((await readText(text(1, 420))).features, ['u', 'v']);
    const asked = await refusalOf(readText(text(2, 2 * LONG)));
    assert.ok(asked instanceof ReadingQuestion);
    assert.match(asked.message, /column "session": "1" follows "0" within one instance of trial/);
    const together = await readText(text(2, 2 * LONG), asked.doubt.ways[0]!.patch.data as DataOptions);
    assert.equal(together.instances.length, 42);
  });

  it('under another name: a feature that numbers recordings further down is asked, a switch or an event is none', async () => {
    const text = (cell: (at: number) => unknown) => table('t,q', 3 * LONG, (at) => [at, cell(at)]);
    const asked = await refusalOf(readText(text((at) => 1 + Math.floor(at / LONG))));
    assert.ok(asked instanceof ReadingQuestion);
    assert.match(asked.message, /line 2102, column "q": 3 whole numbers, each through many rows/);
    const read = await Promise.all(
      asked.doubt.ways.map(({ patch }) =>
        readText(
          text((at) => 1 + Math.floor(at / LONG)),
          patch.data as DataOptions,
        ),
      ),
    );
    assert.deepEqual(
      read.map(({ instances, features }) => [instances.length, features.length]),
      [
        [3, 2],
        [1, 2],
        [1, 3],
      ],
    );
    for (const signal of [
      (at: number) => (at > 2300 && at < 2400 ? 1 : 0),
      (at: number) => (at < 2300 ? 0 : at * 0.5),
      () => 0,
    ]) {
      assert.deepEqual((await readText(text(signal))).features, ['q', 'u', 'v']);
    }
  });

  it('is none of a line before the data that is taken for names of all columns but the first', async () => {
    const text = `UTF-8\nrun 3\n${Array.from({ length: 12 }, (_, t) => `${Math.sin(t).toFixed(3)},c0\n`).join('')}`;
    const { layout, instances, findings } = await readText(text, {});
    assert.deepEqual([layout, instances.length], ['single', 1]);
    assert.ok(findings.some(({ code }) => code === 'columns-ignored'));
  });
});
