import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readText, refusalOf } from '../data/reading.ts';

const ROWS = 120;
const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);
const model = (features: number): DataOptions => ({ input: { layout: 'NFT', features, steps: null } });
const rows = (...cells: readonly ((at: number) => unknown)[]): string =>
  Array.from({ length: ROWS }, (_, at) =>
    [value(at), value(at * 3 + 1), ...cells.map((cell) => cell(at))].join(),
  ).join('\n');
const within = (at: number): number => +(at > 40 && at < 80);

describe('reading: 0 and 1 in each row of one recording', () => {
  it('is a label per row under a name that says so, where no model takes it', async () => {
    for (const name of ['is_anomaly', 'Occupancy', 'seizure', 'freeze']) {
      const text = `a,b,${name}\n${rows(within)}\n`;
      assert.equal((await refusalOf(readText(text))).code, 'ask-continuous-recording');
      assert.deepEqual((await readText(text, model(3))).features, ['a', 'b', name]);
    }
    const two = `a,b,anomaly,changepoint\n${rows(within, (at) => +(at === 41 || at === 80))}\n`;
    const { code, message } = await refusalOf(readText(two));
    assert.equal(code, 'ask-continuous-recording');
    assert.match(message, /column anomaly changes/);
  });

  it('is a signal under another name, and so is a level', async () => {
    for (const [name, cell] of [
      ['door_open', within],
      ['occupancy', (at: number) => Math.round(5 + 4 * Math.sin(at / 20))],
    ] as const) {
      assert.deepEqual((await readText(`a,b,${name}\n${rows(cell)}\n`)).features, ['a', 'b', name]);
    }
  });

  it('is a label per row where the head of an ARFF file says its values', async () => {
    const text = (kind: string) =>
      `@relation r\n@attribute a numeric\n@attribute b numeric\n@attribute eye ${kind}\n@data\n${rows(within)}\n`;
    const read = (kind: string, options?: DataOptions) => readText(text(kind), options, 'r.arff');
    assert.equal((await refusalOf(read('{0,1}'))).code, 'ask-continuous-recording');
    assert.match((await refusalOf(read('{0,1}', model(2)))).code, /^ask-/);
    assert.equal((await read('{0,1}', model(3))).features.length, 3);
    assert.equal((await read('numeric')).features.length, 3);
    assert.equal((await read('{0,1}', { label: 'eye', window: 40 })).instances.length, 3);
  });
});

describe('reading: one number throughout beside a label', () => {
  const table = (names: string, cells: (of: number) => readonly unknown[]): string =>
    `id,t,x,y,${names}\n${Array.from({ length: 60 }, (_, at) => [at % 6, Math.floor(at / 6), value(at), value(at * 3)].concat(cells(at % 6) as string[]).join()).join('\n')}\n`;

  it('is a rate or a device where the model takes one feature fewer, and is left aside', async () => {
    const text = table('label,fs', (of) => [of % 2 ? 'a' : 'b', 50]);
    const { features, findings, instances } = await readText(text, model(2));
    assert.deepEqual([features, instances[1]!.label], [['x', 'y'], 'a']);
    assert.ok(findings.some(({ sentence }) => sentence.includes('column fs left aside')));
    assert.deepEqual((await readText(text, model(3))).features, ['x', 'y', 'fs']);
    const both = table('label,fs,age', (of) => [of % 2 ? 'a' : 'b', 50, 30 + of]);
    assert.deepEqual((await readText(both, model(2))).features, ['x', 'y']);
    assert.deepEqual((await readText(both, model(3))).features, ['x', 'y', 'fs']);
  });

  it('may be the label where nothing else is', async () => {
    const text = table('fs', () => [50]);
    assert.equal((await refusalOf(readText(text, model(2)))).code, 'ask-too-many-columns');
  });
});
