import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);
const rows = (count: number, cells: (at: number) => readonly unknown[]): string =>
  Array.from({ length: count }, (_, at) => cells(at).join()).join('\n');
const model = (features: number): DataOptions => ({ input: { layout: 'NFT', features, steps: null } });

async function asked(text: string, options: DataOptions = {}) {
  const question = await refusalOf(readText(text, options));
  assert.ok(question instanceof ReadingQuestion, question.message);
  const [first] = question.doubt.ways;
  const set = await readText(text, { ...options, ...first!.patch.data });
  return { id: question.doubt.id, instances: set.instances.length, features: set.features };
}

describe('reading: rows that lack, that are mixed, or that rest', () => {
  for (const name of ['sample', 'sequence', 'id', 'row', 'Unnamed: 0', 'obs']) {
    it(`${name} with gaps numbers the rows of one recording`, async () => {
      for (const every of [2, 7, 11]) {
        const number = (at: number) => at + Math.floor(at / every) + 2 * Math.floor(at / (3 * every));
        const text = `${name},x,y\n${rows(60, (at) => [number(at), value(at), value(at * 3)])}\n`;
        const { instances, features } = await readText(text);
        assert.deepEqual([instances.map(({ length }) => length), features], [[60], ['x', 'y']]);
      }
    });
  }

  it('dates and times written as one whole number are no signal', async () => {
    for (const number of [
      (at: number) => 2024013000 + Math.floor(at / 24) * 100 + (at % 24),
      (at: number) => 80_000 + at * 7 + (at % 2),
      (at: number) => 225900 + Math.floor(at / 60) * 100 + (at % 60),
    ]) {
      const text = `MESS_DATUM,x,y\n${rows(48, (at) => [number(at), value(at), value(at * 3)])}\n`;
      assert.deepEqual((await readText(text)).features, ['x', 'y']);
    }
  });

  it('recordings side by side: words tell them apart, whole numbers are asked about', async () => {
    const text = (head: string, key: (at: number) => unknown): string =>
      `${head},x,y\n${rows(60, (at) => [Math.floor(at / 3) * 0.1, key(at % 3), value(at), value(at * 3)])}\n`;
    for (const [head, words] of [
      ['time,device', ['d1', 'd2', 'd3']],
      ['time,ticker', ['AAPL', 'MSFT', 'NVDA']],
      ['timestamp,station', ['north', 'south', 'west']],
    ] as const) {
      const { instances } = await readText(text(head, (at) => words[at]));
      assert.deepEqual(
        instances.map(({ length }) => length),
        [20, 20, 20],
      );
    }
    for (const head of ['time,sensor', 'time,node_nr', 'time,station']) {
      assert.deepEqual(await asked(text(head, (at) => at + 1)), {
        id: 'several-recordings',
        ...{ instances: 3, features: ['x', 'y'] },
      });
    }
  });

  it('a row for each channel and step is refused, or asked about where the channels may be instances', async () => {
    const text = (head: string, channel: readonly unknown[]): string =>
      `${head}\n${rows(96, (at) => [Math.floor(at / 24), channel[Math.floor(at / 8) % 3], at % 8, value(at)])}\n`;
    for (const head of ['id,kind,time,value', 'trial,field,t,amplitude', 'subject,variable,time,y']) {
      assert.equal((await refusalOf(readText(text(head, ['ax', 'ay', 'az'])))).code, 'melted');
    }
    for (const [head, channel] of [
      ['subject,sensor,time,value', ['ax', 'ay', 'az']],
      ['trial,channel,sample,amplitude', [1, 2, 3]],
      ['recording,axis,t,reading', ['x', 'y', 'z']],
    ] as const) {
      for (const options of [{}, model(1)]) {
        const { id, instances } = await asked(text(head, channel), options);
        assert.deepEqual([id, instances], ['melted', 12]);
      }
    }
  });

  it('what comes again between trials is asked about as rest', async () => {
    for (const [name, rest] of [
      ['trial', 0],
      ['case', -1],
      ['episode', 'rest'],
    ] as const) {
      const trial = (at: number) => (Math.floor(at / 10) % 2 === 0 ? rest : Math.floor(at / 20) + 1);
      const text = `time,${name},x,y\n${rows(80, (at) => [at / 10, trial(at), value(at), value(at * 3)])}\n`;
      for (const options of [{}, model(2)]) assert.deepEqual((await asked(text, options)).id, 'rest-between');
    }
    const mixed = `time,trial,x,y\n${rows(80, (at) => [at / 10, (Math.floor(at / 10) % 3) + 1, value(at), value(at * 3)])}\n`;
    assert.equal((await readText(mixed)).instances.length, 3);
  });

  it('whole numbers that stay through long runs, each once, are asked about like words', async () => {
    for (const name of ['device', 'lap', 'session', 'bearing']) {
      const text = `time,${name},x,y\n${rows(90, (at) => [at / 10, Math.floor(at / 30) + 1, value(at), value(at * 3)])}\n`;
      const { id, instances, features } = await asked(text);
      assert.deepEqual([id, instances, features], ['several-recordings', 3, ['x', 'y']]);
    }
  });
});
