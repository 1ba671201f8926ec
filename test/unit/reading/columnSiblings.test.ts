import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { codes, readText, refusalOf } from '../data/reading.ts';

/** Seemingly random, never whole. */
const value = (at: number) => ((Math.sin(at * at) * 43758.5) % 1).toFixed(3).replace(/0$/, '7');
const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at));
const series = (at: number, steps: number) => lines(steps, (step) => value(at * 41 + step));
const model = (features: number, steps: number | null): DataOptions => ({
  input: { layout: 'NFT', features, steps },
});
const labelsOf = (text: string, options: DataOptions) =>
  readText(text, options).then(({ instances }) => instances.map(({ label }) => label));

describe('reading: columns of files that were misread', () => {
  it('numbers that fall evenly above the rows are names, as wavelengths are', async () => {
    const text = [lines(20, (at) => `${900 - at * 2.5}`), ...lines(6, (at) => series(at, 20).join())].join(
      '\n',
    );
    const { instances } = await readText(`${text}\n`, model(1, 20));
    assert.deepEqual([instances.length, instances[0]!.values[0]], [6, Number(value(0))]);
  });

  it('a delimiter behind the names alone parts nothing', async () => {
    const text = `t,a,b,\n${lines(12, (at) => `${at},${value(at)},${value(at + 9)}`).join('\n')}\n`;
    assert.deepEqual((await readText(text, model(2, 12))).features, ['a', 'b']);
  });

  it('labels are numbers written with a comma, too', async () => {
    const row = (at: number) => [
      ...series(at, 12).map((cell) => cell.replace('.', ',')),
      `${1 + (at % 2)},0`,
    ];
    const text = `${lines(8, (at) => row(at).join(';')).join('\n')}\n`;
    assert.deepEqual(
      await labelsOf(text, model(1, 12)),
      lines(8, (at) => `${1 + (at % 2)}.0`),
    );
  });

  it('a word that comes again is the class beside ids and beside a column of few numbers', async () => {
    const head = ['patient', 'finding', ...lines(12, (at) => `ms_${at * 4}`), 'site'].join();
    const row = (at: number) => [`P${at}`, ['AF', 'N'][at % 2], ...series(at, 12), at % 3].join();
    const text = `${head}\n${lines(8, row).join('\n')}\n`;
    assert.deepEqual(
      await labelsOf(text, model(1, 12)),
      lines(8, (at) => ['AF', 'N'][at % 2]!),
    );
  });

  it('a column of few whole numbers beside numbered windows is the class', async () => {
    const head = ['', ...lines(16, (at) => `${'xy'[at >> 3]}_${at % 8}`), 'code'].join();
    const text = `${head}\n${lines(8, (at) => [at, ...series(at, 16), 1 + (at % 2)].join()).join('\n')}\n`;
    assert.deepEqual(
      await labelsOf(text, model(2, 8)),
      lines(8, (at) => `${1 + (at % 2)}`),
    );
  });

  it('a second column of the classes is left aside', async () => {
    const row = (at: number) =>
      `r${at >> 3},${at % 8},${value(at)},${(at >> 3) % 2},${['run', 'walk'][(at >> 3) % 2]}`;
    const dataset = await readText(`rec,t,a,label_id,label\n${lines(32, row).join('\n')}\n`, model(1, 8));
    assert.deepEqual(dataset.features, ['a']);
    assert.deepEqual(
      dataset.instances.map(({ label }) => label),
      ['run', 'walk', 'run', 'walk'],
    );
  });

  it('no label is taken where two columns could be it, and that is said', async () => {
    const row = (at: number) =>
      `${'AB'[at >> 5]},${['sit', 'run'][(at >> 4) % 2]},${(at >> 3) % 2},${at % 8},${value(at)}`;
    const dataset = await readText(`who,what,again,t,a\n${lines(64, row).join('\n')}\n`, {
      ...model(1, 8),
      case: ['who', 'what', 'again'],
    });
    assert.ok(codes(dataset).includes('label-open'));
    assert.equal(dataset.instances[0]!.label, undefined);
  });

  it('times that are not in order are refused where they go back, within a case as well', async () => {
    const shuffled = (at: number) => (at * 29) % 60;
    const row = (at: number) => `${shuffled(at)},${value(at)},${value(at + 9)}`;
    const single = await refusalOf(readText(`t,a,b\n${lines(60, row).join('\n')}\n`, model(2, 60)));
    assert.match(
      single.message,
      /line 5, column "t": time goes back to 27.*sort the rows.*"split" to "time"/,
    );
    const twice = [...lines(60, (at) => `1,${row(at)}`), ...lines(60, (at) => `2,${row(at)}`)];
    const long = await refusalOf(readText(`id,t,a,b\n${twice.join('\n')}\n`, model(2, 60)));
    assert.deepEqual([long.code, /sort the rows of each case/.test(long.message)], ['time-order', true]);
    const falling = `t,a,b\n${lines(60, (at) => `${60 - at},${value(at)},${value(at + 9)}`).join('\n')}\n`;
    assert.equal((await refusalOf(readText(falling, model(2, 60)))).code, 'time-order');
  });

  it('parts in another order are no recordings that start again', async () => {
    const part = (from: number) => lines(20, (at) => `${from + at},${value(from + at)},${value(at)}`);
    const mixed = `time,a,b\n${[40, 0, 20].flatMap(part).join('\n')}\n`;
    assert.equal((await refusalOf(readText(mixed, model(2, 20)))).code, 'time-order');
    const again = `time,a,b\n${[0, 1, 0].flatMap(part).join('\n')}\n`;
    assert.equal((await refusalOf(readText(again, model(2, 20)))).code, 'ask-several-recordings');
  });

  it('what is asked of a counter says whether it starts again, and names no class with it', async () => {
    const row = (at: number) => `${at % 20},${value(at)},${at < 40 ? 0 : 1}`;
    const text = `n,a,kind\n${lines(80, row).join('\n')}\n`;
    const asked = await refusalOf(readText(text, { ...model(3, 20), layout: 'single' }));
    assert.ok(asked instanceof ReadingQuestion);
    assert.match(asked.message, /but n goes on by the same step from row to row and starts again/);
  });

  it('rows of padding whose time is 0 are refused as what they are', async () => {
    const row = (at: number) =>
      at % 20 < 18 ? `${at >= 20 ? 2 : 1},${(at % 20) + 1},${value(at)}` : `${at >= 20 ? 2 : 1},0,0`;
    const { message } = await refusalOf(readText(`id,t,a\n${lines(40, row).join('\n')}\n`, model(1, 20)));
    assert.match(
      message,
      /line 20, column "t": the time goes back to 0 and every feature is 0, as in rows of padding/,
    );
  });

  it('names that lack one, and decimal commas between commas, are refused as what they are', async () => {
    const short = `time,a,b\n${lines(12, (at) => `${at},${value(at)},${value(at + 9)},7`).join('\n')}\n`;
    assert.match((await refusalOf(readText(short))).message, /line 1: 3 names stand above rows of 4 cells/);
    const cut = `t,a,b\n${lines(12, (at) => `${at},${at % 3},${100 + ((at * 37) % 800)},-1,${200 + ((at * 53) % 700)}`).join('\n')}\n`;
    const refused = await refusalOf(readText(cut, model(2, 12)));
    assert.match(
      refused.message,
      /3 names stand above rows of 5 whole numbers, as where commas are decimal signs/,
    );
    const rowNames = `a,b\n${lines(12, (at) => `r${at},${value(at)},${value(at + 9)}`).join('\n')}\n`;
    assert.deepEqual((await readText(rowNames, model(2, 12))).features, ['a', 'b']);
  });

  it('a date beside numbered steps is that of the series', async () => {
    const head = ['record', 'date', ...lines(12, (at) => `${at}`), 'class'].join();
    const row = (at: number) => [`A${at}`, `2024-01-0${at + 1}`, ...series(at, 12), `k${at % 2}`].join();
    const { instances } = await readText(`${head}\n${lines(6, row).join('\n')}\n`, model(1, 12));
    assert.deepEqual(
      instances.map(({ label, length }) => `${label} ${length}`),
      lines(6, (at) => `k${at % 2} 12`),
    );
  });

  it('a state that stays for a while is a feature where the model takes exactly these, beside any time or case', async () => {
    const gear = (at: number) => `${at},${value(at)},${1 + Math.floor(at / 13)},${value(at + 99)}`;
    const single = await readText(`time,speed,gear,rpm\n${lines(60, gear).join('\n')}\n`, model(3, 60));
    assert.deepEqual(single.features, ['speed', 'gear', 'rpm']);
    const brake = (at: number) =>
      `${at >> 5},${at % 32},${value(at)},${(at + 7) % 11 < 4 ? 1 : 0},${value(at + 99)}`;
    const long = await readText(`id,time,speed,brake,rpm\n${lines(128, brake).join('\n')}\n`, model(3, 32));
    assert.deepEqual([long.features, long.instances.length], [['speed', 'brake', 'rpm'], 4]);
    const spare = await refusalOf(
      readText(`time,speed,gear,rpm\n${lines(60, gear).join('\n')}\n`, model(2, 60)),
    );
    assert.equal(spare.code, 'ask-several-recordings');
  });
});
