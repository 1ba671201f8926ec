import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf } from '../data/reading.ts';

const model = (features: number): DataOptions => ({ input: { layout: 'NFT', features, steps: null } });
const wave = (at: number): string => (Math.sin(at * 0.31) * 2 + Math.sin(at * 0.07)).toFixed(3);

const noise = (at: number): string => (((at * at * 7919) % 1009) / 100).toFixed(3);

/** Rows at times of their own. */
function table(head: string, words: readonly string[], values: number, of = wave): string {
  const row = (at: number): string => {
    const one = (at * 7 + (at >> 2)) % words.length;
    const numbers = Array.from({ length: values }, (_, k) => of(at + 9 * k + 40 * one));
    return [(at * 1.7 + (at % 4) * 0.3).toFixed(1), words[one], ...numbers].join();
  };
  return `${head}\n${Array.from({ length: 120 }, (_, at) => row(at)).join('\n')}\n`;
}

async function askedOf(text: string, options: DataOptions = {}): Promise<ReadingQuestion['doubt']> {
  const refusal = await refusalOf(readText(text, options));
  assert.ok(refusal instanceof ReadingQuestion, refusal.message);
  return refusal.doubt;
}

describe('reading: rows of several sensors under each other, with several values or with numbers for names', () => {
  it('are asked about by the name of the column, words and numbers alike, and every way is read', async () => {
    for (const head of ['time,sensor,x,y,z', 'time,sensor_id,x,y,z', 'time,device,x,y,z', 't,node_id,x,y,z'])
      for (const words of [
        ['acc', 'gyr'],
        ['1', '2'],
        ['7', '11', '40'],
      ])
        for (const options of [{}, model(3)]) {
          const text = table(head, words, 3, noise);
          const { id, sentence, ways } = await askedOf(text, options);
          assert.equal(id, 'mixed-rows', head);
          assert.match(sentence, new RegExp(`has ${words.length} (words|numbers) that change often`));
          const read = await Promise.all(
            ways.map(({ patch }) => readText(text, { ...options, ...patch.data })),
          );
          const seen = read.map(({ instances, features }) => [instances.length, features.length]);
          const isOpenNumber = /\d/.test(words[0]!) && !('input' in options);
          assert.deepEqual(seen, [[words.length, 3], [1, 3], ...(isOpenNumber ? [[1, 4]] : [])]);
        }
  });

  it('are asked about under any name where each word has values that go on for themselves', async () => {
    const { id } = await askedOf(table('time,colour,x,y', ['red', 'green', 'blue'], 2, (at) => wave(at / 6)));
    assert.equal(id, 'mixed-rows');
    const plain = await readText(table('time,colour,x,y', ['red', 'green', 'blue'], 2, noise));
    assert.deepEqual(plain.features, ['x', 'y']);
  });

  it('keep the case that names the person', async () => {
    const two = ['p1', 'p2'].flatMap((person) =>
      table('', ['3', '9'], 1, noise)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => `${person},${line}`),
    );
    const { ways } = await askedOf(`subject,time,channel,value\n${two.join('\n')}\n`, model(1));
    assert.deepEqual(ways[0]!.patch, { data: { case: ['subject', 'channel'] } });
  });

  it('are no question where the column is a feature by its name, or the layout is said', async () => {
    const valve = await readText(table('time,valve,x,y', ['0', '1'], 2, noise));
    assert.deepEqual(valve.features, ['valve', 'x', 'y']);
    const said = await readText(table('time,sensor,x,y', ['a', 'b'], 2), { layout: 'single' });
    assert.equal(said.instances.length, 1);
  });

  it('are none where the words are days or months, on which the values rest', async () => {
    const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
    const german = ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'];
    const months = Array.from({ length: 12 }, (_, at) =>
      new Date(Date.UTC(2000, at)).toLocaleString('en', { month: 'long', timeZone: 'UTC' }),
    );
    for (const words of [days, german, months])
      for (const values of [1, 2]) {
        const row = (at: number): string =>
          [
            at,
            words[at % words.length],
            ...[1, 2].slice(0, values).map((k) => k * (at % words.length) ** 2 + Number(wave(at)) / 50),
          ].join();
        const text = `t,word,${['a', 'b'].slice(0, values)}\n${Array.from({ length: 120 }, (_, at) => row(at)).join('\n')}\n`;
        assert.equal((await readText(text)).features.length, values);
      }
  });

  it('with a second column of the same numbers are melted, too', async () => {
    const row = (at: number): string =>
      [at < 60 ? 1 : 2, Math.floor((at % 60) / 3), 220 + (at % 3), wave(at), wave(at)].join();
    const text = `stay_id,time,itemid,value,valuenum\n${Array.from({ length: 120 }, (_, at) => row(at)).join('\n')}\n`;
    assert.equal((await refusalOf(readText(text, model(3)))).code, 'melted');
  });
});
