import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { codes, readText, refusalOf, rowsOf } from '../data/reading.ts';

/** Rows of a time, then what `cells` gives. */
function rows(count: number, cells: (row: number) => string): string {
  return Array.from({ length: count }, (_, row) => `${(row * 0.02).toFixed(2)};${cells(row)}`).join('\n');
}

const two: DataOptions = { input: { layout: 'NFT', features: 2, steps: 40 } };
const value = (row: number) => (((row * 37) % 101) / 10 - 4).toFixed(2);

describe('reading: odd files', () => {
  for (const [what, cell, cause] of [
    ['per cent signs', (row: number) => `${row} %`, /"0 %".*per cent signs/],
    ['units in cells', (row: number) => `${row}.5 kPa`, /units in the cells/],
    ['thousands', (row: number) => `1 ${100 + row}.25`, /thousands/],
    ['money', (row: number) => `€ ${row}`, /money/],
    [
      'dashes',
      (row: number) => (row % 9 ? `\u2212${row}.5` : '0.5'),
      /dashes for minus signs; write hyphens/,
    ],
    [
      'brackets',
      (row: number) => (row % 9 ? `(${row}.5)` : '0.5'),
      /numbers in brackets; write those below 0/,
    ],
    ['yes and no', (row: number) => (row % 3 ? 'True' : 'False'), /yes and no; write 1 and 0/],
  ] as const) {
    it(`${what} are named as the cause where a feature is lacking, and said where none is`, async () => {
      const text = `time;a;b\n${rows(40, (row) => `${cell(row)};${value(row)}`)}\n`;
      const refusal = await refusalOf(readText(text, two));
      assert.equal(refusal.code, 'almost-numbers');
      assert.match(refusal.message, cause);
      assert.ok(codes(await readText(text)).includes('almost-numbers'));
    });
  }

  it('are named also where no column of numbers is left', async () => {
    const { code, message } = await refusalOf(readText(`time;a\n${rows(40, (row) => `${row} %`)}\n`));
    assert.equal(code, 'no-features');
    assert.match(message, /\. Column a is no column of numbers \("0 %"\): it has per cent signs/);
  });

  it('words are no numbers, and nothing is said of them', async () => {
    const text = `time;a;b;note\n${rows(40, (row) => `${value(row)};${value(row + 1)};ok ${row}`)}\n`;
    const dataset = await readText(text, two);
    assert.deepEqual(dataset.features, ['a', 'b']);
    assert.ok(!codes(dataset).includes('almost-numbers'));
  });

  it('a number that stands for a missing value is said, one among its like is not', async () => {
    const at = (odd: string) =>
      `time;a;b\n${rows(40, (row) => `${row === 7 ? odd : value(row)};${value(row)}`)}\n`;
    const { findings } = await readText(at('-999'), two);
    assert.match(
      findings.find(({ code }) => code === 'sentinel-values')?.sentence ?? '',
      /-999 stands in a far/,
    );
    assert.ok(!codes(await readText(at('9.99'), two)).includes('sentinel-values'));
    const large = `time;a;b\n${rows(40, (row) => `${row * 30};${value(row)}`)}\n`;
    assert.ok(!codes(await readText(large.replace(';990;', ';999;'), two)).includes('sentinel-values'));
  });

  for (const [what, head, tail] of [
    ['index and label', ['', 'label'], (row: number) => [`${row}`, `${row % 2}`]],
    ['an id and a class', ['id', 'class'], (row: number) => [`p${row}`, 'ab'[row % 2]!]],
  ] as const) {
    it(`numbered columns framed by ${what} have a header`, async () => {
      const series = (row: number) => Array.from({ length: 40 }, (_, step) => value(row * 41 + step));
      const lines = Array.from({ length: 8 }, (_, row) =>
        [tail(row)[0], ...series(row), tail(row)[1]].join(),
      );
      const names = [head[0], ...Array.from({ length: 40 }, (_, step) => `${step}`), head[1]].join();
      const { instances } = await readText(`${names}\n${lines.join('\n')}\n`, {
        input: { layout: 'NFT', features: 1, steps: 40 },
      });
      assert.equal(instances.length, 8);
      assert.deepEqual(
        instances.map(({ label }) => label),
        Array.from({ length: 8 }, (_, row) => tail(row)[1]),
      );
      assert.deepEqual(
        [...instances[3]!.values].map((one) => one.toFixed(2)),
        series(3),
      );
    });
  }

  it('a column of one number may be the label, or a sampling rate', async () => {
    const text = `time;fs;a;b\n${rows(40, (row) => `100;${value(row)};${value(row + 1)}`)}\n`;
    assert.match(
      (await refusalOf(readText(text, two))).message,
      /fs is the label; or .* if fs is no feature/,
    );
  });

  it('names behind a comment sign stand over columns parted by blanks, as numpy.savetxt writes them', async () => {
    const text = `# t a b\n${Array.from({ length: 40 }, (_, row) => `${row} ${value(row)} ${value(row + 1)}`).join('\n')}\n`;
    assert.deepEqual((await readText(text, two)).features, ['a', 'b']);
  });

  it('rows of padding may lack their time, and blank labels within a series are refused', async () => {
    const tail = `\n${Array(6).fill('nan;nan;NaN').join('\n')}\n`;
    const text = `time;a;b\n${rows(34, (row) => `${value(row)};${value(row)}`)}${tail}`;
    assert.equal((await readText(text, two)).instances[0]!.length, 34);
    const broken = text.replace('0.10;', 'nan;');
    assert.equal((await refusalOf(readText(broken, two))).code, 'bad-time');
  });

  it('a label per row beside columns numbered as steps: each row may be a series', async () => {
    const rows = Array.from({ length: 12 }, (_, row) => [`abc`[row % 3], value(7 * row), value(7 * row + 1)]);
    const text = (names: string) => `label,${names}\n${rows.map((row) => row.join()).join('\n')}\n`;
    const { code, message } = await refusalOf(readText(text('t0,t1')));
    assert.equal(code, 'ask-continuous-recording');
    assert.match(message, /"layout": "wide" .* if each row is a series of 2 steps/);
    assert.doesNotMatch((await refusalOf(readText(text('ax,ay')))).message, /"wide"/);
    const { instances } = await readText(text('t0,t1'), { label: 'label', layout: 'wide' });
    assert.deepEqual([instances.length, instances[0]!.length], [12, 2]);
  });

  it('a few numbered features with a label per row are no series of as many steps', async () => {
    const line = (row: number) => [value(row), value(row + 1), value(row + 2), row < 12 ? 'a' : 'b'].join();
    const text = `f0,f1,f2,label\n${Array.from({ length: 24 }, (_, row) => line(row)).join('\n')}\n`;
    assert.equal((await refusalOf(readText(text))).code, 'ask-continuous-recording');
    const { instances } = await readText(text, { window: 12 });
    assert.deepEqual(
      instances.map(({ label, length }) => [label, length]),
      [
        ['a', 12],
        ['b', 12],
      ],
    );
  });

  for (const head of ['', `${Array.from({ length: 40 }, (_, step) => step).join()}\n`]) {
    it(`a row per feature is read as what it is, ${head === '' ? 'without' : 'with'} a header`, async () => {
      const line = (row: number) => Array.from({ length: 40 }, (_, step) => value(row * 53 + step));
      const dataset = await readText(`${head}${line(0).join()}\n${line(1).join()}\n`, two);
      assert.deepEqual([dataset.layout, dataset.instances.length], ['transposed', 1]);
      assert.deepEqual(
        rowsOf(dataset.instances[0]!),
        [line(0), line(1)].map((row) => row.map(Number)),
      );
      assert.ok(codes(dataset).includes('layout-inferred'));
    });
  }
});
