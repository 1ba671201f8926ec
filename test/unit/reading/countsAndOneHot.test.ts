import assert from 'node:assert/strict';
import { readText, refusalOf } from '../data/reading.ts';

const value = (at: number): string => (Math.sin(at * 1.7) * 3).toFixed(3);

/** Twelve cases of ten rows. */
function table(head: string, row: (of: number, step: number, at: number) => string): string {
  const rows = Array.from({ length: 120 }, (_, at) => row(Math.floor(at / 10), at % 10, at));
  return `${head}\n${rows.join('\n')}\n`;
}

const two = { layout: 'NFT', features: 2, steps: 10 } as const;

describe('reading: columns that count, and labels with a column for each class', () => {
  it('what counts the rows of every instance is their time, whatever its name', async () => {
    const text = table(
      'series_id,reading_id,a,b',
      (of, step, at) => `${of},${step},${value(at)},${value(-at)}`,
    );
    const { instances, features, time } = await readText(text);
    assert.deepEqual([instances.length, features, time?.name], [12, ['a', 'b'], 'reading_id']);
  });

  it('"sample" beside a window that it counts through names no instance', async () => {
    const text = table('window_id,sample,a,b,target', (of, step, at) =>
      [`w${of}`, step, value(at), value(-at), 'AB'[of % 2]].join(','),
    );
    for (const options of [{}, { input: two }]) {
      const { instances, features } = await readText(text, options);
      assert.deepEqual([instances.length, features], [12, ['a', 'b']]);
      assert.deepEqual(
        instances.slice(0, 2).map(({ label }) => label),
        ['A', 'B'],
      );
    }
  });

  it('a second clock is no feature', async () => {
    const text = table('time,seconds_elapsed,a,b', (_, __, at) =>
      [1_700_000_000_000 + at * 20, at / 50, value(at), value(-at)].join(','),
    );
    assert.deepEqual((await readText(text)).features, ['a', 'b']);
  });

  it('a row number that is a clock is no feature beside a case, four features and a label', async () => {
    const text = table('case,Unnamed: 0,a,b,c,d,label', (of, step, at) =>
      [of, 1_700_000_000_123 + of * 1e6 + step * 20, ...[1, 2, 3, 4].map((k) => value(at * k)), of % 2].join(
        ',',
      ),
    );
    const { features, time } = await readText(text);
    assert.deepEqual([features, time?.name], [['a', 'b', 'c', 'd'], 'Unnamed: 0']);
  });

  it('rows that are shuffled are refused, for no model, too', async () => {
    const lines = table('case,t,a,b', (of, step, at) => [of, step, value(at), value(-at)].join(',')).split(
      '\n',
    );
    const body = lines.slice(1, -1).map((line, at) => [(at * 47) % 121, line] as const);
    body.sort(([a], [b]) => a - b);
    const refusal = await refusalOf(readText(`${lines[0]}\n${body.map(([, line]) => line).join('\n')}\n`));
    assert.match(refusal.code, /^(time-order|duplicate-case)$/);
  });

  it('words per row beside ids ask for windows, with the ids', async () => {
    const text = table('id,t,a,b,activity', (of, _, at) =>
      [Math.floor(of / 6), at % 60, value(at), value(-at), of % 2 ? 'walk' : 'sit'].join(','),
    );
    const refusal = await refusalOf(readText(text, { input: two }));
    assert.equal(refusal.code, 'ask-continuous-recording');
    assert.match(refusal.message, /"case": \["id"\], "label": "activity", "window": 10/);
  });

  it('a label with a column for each class is asked, at its cell', async () => {
    const text = table('case,t,a,b,is_walk,is_run', (of, step, at) =>
      [of, step, value(at), value(-at), of % 2, 1 - (of % 2)].join(','),
    );
    for (const options of [{}, { input: two }]) {
      const { code, place, message } = await refusalOf(readText(text, options));
      assert.equal(code, 'ask-one-hot');
      assert.deepEqual([place?.line, place?.cell?.column], [2, 4]);
      assert.match(message, /idxmax/);
    }
    const all = await refusalOf(readText(text, { input: { ...two, features: 4 } }));
    assert.equal(all.code, 'ask-odd-feature');
    // Flags of which two may be on are flags.
    const flags = table('case,t,a,b,f,g', (of, step, at) =>
      [of, step, value(at), value(-at), step % 2, step % 3 ? 0 : 1].join(','),
    );
    assert.equal((await readText(flags)).features.length, 4);
  });

  it('merged cells are refused at the first blank one', async () => {
    const text = table('case,t,a', (of, step, at) => [step === 0 ? `c${of}` : '', step, value(at)].join(','));
    const { code, place } = await refusalOf(readText(text));
    assert.deepEqual([code, place?.line, place?.cell?.column], ['merged-cells', 3, 0]);
  });

  it('a wide table without names is asked about where no model settles it', async () => {
    const rows = Array.from({ length: 6 }, (_, row) =>
      Array.from({ length: 40 }, (__, at) => value(row * 40 + at)).join(','),
    );
    const text = `${rows.join('\n')}\n`;
    assert.equal((await refusalOf(readText(text))).code, 'ask-few-rows');
    const { instances } = await readText(text, { input: { layout: 'NFT', features: 1, steps: 40 } });
    assert.equal(instances.length, 6);
  });
});
