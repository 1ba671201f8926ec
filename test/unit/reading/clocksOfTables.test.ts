import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);
const values = (at: number, of: number): string[] =>
  Array.from({ length: of }, (_, k) => value(at * (k + 1) + 7 * k));
const lines = (count: number, cells: (at: number) => readonly unknown[]): string =>
  `${Array.from({ length: count }, (_, at) => cells(at).join()).join('\n')}\n`;
/** 2023-01-10 and so on: over the end of a month. */
const dateOf = (day: number): string =>
  new Date(Date.UTC(2023, 0, 10 + day)).toISOString().slice(0, 10).replaceAll('-', '');
const model = (features: number): DataOptions => ({ input: { layout: 'NFT', features, steps: null } });

async function questionOf(text: string, options: DataOptions = {}): Promise<ReadingQuestion> {
  const question = await refusalOf(readText(text, options));
  assert.ok(question instanceof ReadingQuestion, question.message);
  return question;
}

describe('reading: clocks of tables of many kinds', () => {
  for (const channels of [3, 7, 12, 16]) {
    it(`one before ${channels} channels without names is no feature`, async () => {
      for (const clock of [
        (at: number) => (at * 0.02).toFixed(2),
        (at: number) => 1_609_459_200_000 + at * 20,
        (at: number) => at,
      ]) {
        const text = lines(150, (at) => [clock(at), ...values(at, channels)]);
        const { features, instances } = await readText(text);
        assert.deepEqual([features.length, instances[0]!.times?.length], [channels, 150]);
        assert.deepEqual(features, (await readText(text, model(channels))).features);
      }
    });
  }

  it('a second one behind the channels is none either', async () => {
    const start = 1_609_459_200_000;
    const text = lines(60, (at) => [
      start + at * 3_600_000,
      ...values(at, 8),
      start - 1 + (at + 1) * 3_600_000,
    ]);
    assert.equal((await readText(text)).features.length, 8);
  });

  for (const name of ['<DATE>', 'yyyymmdd', 'reading_day', 'd']) {
    it(`dates in digits called ${name}, day after day within each instance, are no feature`, async () => {
      const rows = lines(240, (at) => [Math.floor(at / 40), dateOf(at % 40), ...values(at, 3)]);
      const text = `id,${name},a,b,c\n${rows}`;
      for (const options of [{}, model(3)]) {
        const { features, instances } = await readText(text, options);
        assert.deepEqual([features, instances.length], [['a', 'b', 'c'], 6]);
      }
      const four = await readText(text, model(4)).catch((error: Error) => error);
      if (four instanceof Error)
        assert.ok(/odd-feature|feature-count/.test((four as { code?: string }).code ?? ''));
      else assert.deepEqual(four.features, ['a', 'b', 'c']);
    });
  }

  it('names in angle brackets are names of times, too', async () => {
    const rows = lines(120, (at) => [at < 60 ? 'AA' : 'BB', dateOf(at % 60), '000000', ...values(at, 4)]);
    const { features, instances } = await readText(
      `<TICKER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>\n${rows}`,
    );
    assert.deepEqual([features, instances.length], [['<OPEN>', '<HIGH>', '<LOW>', '<CLOSE>'], 2]);
  });

  it('clocks that go on elsewhere where a number or a word changes part recordings, which is asked', async () => {
    const numbered = lines(180, (at) => [
      Math.floor(at / 30),
      1_600_000_000_000 + at * 20 + Math.floor(at / 30) * 1e6,
      ...values(at, 3),
    ]);
    const [way] = (await questionOf(numbered)).doubt.ways;
    const six = await readText(numbered, way!.patch.data as DataOptions);
    assert.deepEqual([six.instances.length, six.features.length], [6, 3]);

    const users = [33, 17, 20];
    const words = ['Jogging', 'Walking', 'Sitting'];
    const persons = lines(360, (at) => {
      const [user, act] = [Math.floor(at / 120), Math.floor(at / 40) % 3];
      const clock = 49_105_962_326_000 + ((user * 5 + 3) % 7) * 1e12 + act * 3e10 + (at % 40) * 5e7;
      return [users[user], words[act], clock, ...values(at, 3)];
    });
    const question = await questionOf(persons);
    const [both] = question.doubt.ways;
    const nine = await readText(persons, both!.patch.data as DataOptions);
    assert.deepEqual([nine.instances.length, nine.features.length], [9, 3]);
    assert.deepEqual(
      nine.instances.slice(0, 3).map(({ label }) => label),
      words,
    );
    for (const { patch } of question.doubt.ways) {
      const { features } = await readText(persons, patch.data as DataOptions);
      assert.deepEqual(features, ['column 4', 'column 5', 'column 6']);
    }
  });

  it('one of uneven steps is asked about where no other column is the time; a signal that rises has its way', async () => {
    const uneven = (at: number) => (at * 0.02 + 0.009 * Math.sin(at * 9)).toFixed(4);
    for (const text of [
      `q,a,b\n${lines(60, (at) => [uneven(at), ...values(at, 2)])}`,
      `id,q,a,b\n${lines(120, (at) => [at < 60 ? 1 : 2, uneven(at % 60), ...values(at, 2)])}`,
    ]) {
      const [time, feature] = (await questionOf(text)).doubt.ways;
      assert.deepEqual((await readText(text, time!.patch.data as DataOptions)).features, ['a', 'b']);
      assert.deepEqual((await readText(text, feature!.patch.data as DataOptions)).features, ['q', 'a', 'b']);
      assert.deepEqual((await readText(text, model(3))).features, ['q', 'a', 'b']);
    }
  });

  it('a second one of decimals that goes on by one step within each instance is asked about', async () => {
    const days = (at: number, of: number) => (738_000.5 + of * 0.4 + at * 2.3148e-7).toFixed(10);
    const seconds = (at: number, of: number) => (36_000 + of * 600 + at * 0.02).toFixed(2);
    for (const clock of [days, seconds]) {
      const text = `id,idx,q,a,b\n${lines(120, (at) => {
        const of = Math.floor(at / 30);
        return [of, at % 30, clock(at % 30, of), ...values(at, 2)];
      })}`;
      const [none, feature] = (await questionOf(text)).doubt.ways;
      assert.deepEqual((await readText(text, none!.patch.data as DataOptions)).features, ['a', 'b']);
      assert.deepEqual((await readText(text, feature!.patch.data as DataOptions)).features, ['q', 'a', 'b']);
    }
  });

  it('signals beside a time that rise, or are like the teeth of a saw, stay features', async () => {
    const text = `t,far,saw,a\n${lines(120, (at) => [
      at,
      (at * 0.3 + 0.1 * Math.sin(at)).toFixed(3),
      (1000 + (at % 11) * 37.5 + at * 0.01).toFixed(2),
      value(at),
    ])}`;
    assert.deepEqual((await readText(text)).features, ['far', 'saw', 'a']);
  });
});
