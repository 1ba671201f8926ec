import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Delimiter } from '../../../src/data/dataOptions.ts';
import { readBytes, readText, rowsOf } from './reading.ts';

interface Dialect {
  readonly delimiter: Delimiter;
  readonly decimal: '.' | ',';
  readonly newline: '\n' | '\r\n' | '\r';
  readonly bom: boolean;
  readonly quoted: boolean;
  readonly blankLines: boolean;
  readonly lastBreak: boolean;
  readonly trailingDelimiter: boolean;
}

const dialects: fc.Arbitrary<Dialect> = fc
  .record({
    delimiter: fc.constantFrom<Delimiter>(',', ';', '\t', '|'),
    decimal: fc.constantFrom<'.' | ','>('.', ','),
    newline: fc.constantFrom<'\n' | '\r\n' | '\r'>('\n', '\r\n', '\r'),
    bom: fc.boolean(),
    quoted: fc.boolean(),
    blankLines: fc.boolean(),
    lastBreak: fc.boolean(),
    trailingDelimiter: fc.boolean(),
  })
  .filter(({ delimiter, decimal, quoted }) => decimal === '.' || delimiter !== ',' || quoted);

/** Cases of [F][L] numbers with one decimal at least, so that the decimal sign shows. */
const cases = fc.integer({ min: 1, max: 4 }).chain((features) =>
  fc.array(
    fc.integer({ min: 2, max: 6 }).chain((length) => {
      const value = fc.integer({ min: -99999, max: 99999 }).map((tenth) => (tenth * 2 + 1) / 100);
      return fc.array(fc.array(value, { minLength: length, maxLength: length }), {
        minLength: features,
        maxLength: features,
      });
    }),
    { minLength: 1, maxLength: 5 },
  ),
);

/** The text, and the line each case's steps stand on. */
function write(series: number[][][], dialect: Dialect, note: string): { text: string; lines: number[][] } {
  const quote = (cell: string): string =>
    dialect.quoted || /["\n\r]/.test(cell) || cell.includes(dialect.delimiter)
      ? `"${cell.replaceAll('"', '""')}"`
      : cell;
  const row = (cells: string[]): string =>
    cells.map(quote).join(dialect.delimiter) + (dialect.trailingDelimiter ? dialect.delimiter : '');
  const names = ['case', 't', 'note', ...series[0]!.map((_, feature) => `signal ${feature}`)];
  let text = (dialect.bom ? '\uFEFF' : '') + row(names) + dialect.newline;
  let line = 2;
  const lines = series.map((rows, index) =>
    rows[0]!.map((_, step) => {
      if (dialect.blankLines && step % 2 === 1) {
        text += dialect.newline;
        line++;
      }
      const numbers = rows.map((values) => String(values[step]).replace('.', dialect.decimal));
      const cells = [`case ${index}`, String(step), index % 2 === 0 ? note : 'plain', ...numbers];
      text += row(cells) + dialect.newline;
      const own = line;
      line += 1 + (index % 2 === 0 ? note.split('\n').length - 1 : 0);
      return own;
    }),
  );
  return { text: dialect.lastBreak ? text : text.slice(0, -dialect.newline.length), lines };
}

describe('CSV dialects', () => {
  it('reads back what was written, lines included, in every dialect', async () => {
    const notes = fc.constantFrom(
      'plain too',
      'two\nlines',
      'a "quote"',
      'semi;colon, comma|bar',
      '',
      'é ü 字',
    );
    await fc.assert(
      fc.asyncProperty(cases, dialects, notes, async (series, dialect, note) => {
        const { text, lines } = write(series, dialect, note);
        // The label column would be guessed from "note", which is not what is tested here.
        const dataset = await readText(text, { label: null });
        assert.equal(dataset.layout, 'long');
        assert.deepEqual(dataset.instances.map(rowsOf), series);
        assert.deepEqual(
          dataset.instances.map((instance) => [...instance.lines!]),
          lines,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('never answers with anything but a dataset or a refusal', async () => {
    const piece = fc.constantFrom(
      ',',
      ';',
      '\n',
      '\r',
      '"',
      '1',
      '2.5',
      ',5',
      'x',
      ' ',
      '\t',
      'NaN',
      'case',
      't',
      '-',
      '\u0000',
      'e',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 60 }), async (pieces) => {
        try {
          const dataset = await readText(pieces.join(''));
          for (const { values, length, mask } of dataset.instances) {
            assert.equal(values.length, length * dataset.features.length);
            const isPadding = (at: number) => mask?.[at % length] === 0;
            assert.ok(values.every((value, at) => Number.isFinite(value) || isPadding(at)));
          }
        } catch (error) {
          assert.equal((error as Error).name, 'Refusal', String((error as Error).stack));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('files without names: columns are numbered', async () => {
    const dataset = await readText('1.5,2\n3,4\n5,6\n');
    assert.deepEqual(dataset.features, ['column 1', 'column 2']);
    assert.deepEqual([...dataset.instances[0]!.lines!], [1, 2, 3]);
    const text = await readText('a,1.5\na,2.5\nb,3.5\n', { case: 'column 1', features: ['speed'] });
    assert.deepEqual(text.features, ['speed']);
    assert.equal(text.instances.length, 2);
  });

  it('"header" overrides the look of the first row', async () => {
    assert.equal((await readText('1,2\n3,4\n5,6\n', { header: true })).instances[0]!.length, 2);
    assert.equal((await readText('7,8\n3,4\n5,6\n', { header: false })).instances[0]!.length, 3);
  });

  it('UTF-16 and Windows-1252 are understood, the latter with a finding', async () => {
    const text = 'Temp °C;b\n1;2\n3;4\n';
    const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le');
    assert.deepEqual((await readBytes(utf16)).features, ['Temp °C', 'b']);
    const latin = await readBytes(Buffer.from(text, 'latin1'));
    assert.deepEqual(latin.features, ['Temp °C', 'b']);
    assert.ok(latin.findings.some(({ code }) => code === 'not-utf8'));
  });

  it("Excel's sep= line names the delimiter and counts as a line", async () => {
    const dataset = await readText('sep=;\na;b\n1;2\n3;4\n');
    assert.deepEqual(dataset.features, ['a', 'b']);
    assert.deepEqual([...dataset.instances[0]!.lines!], [3, 4]);
  });

  it('cells, lines and characters cut by the 1 MB pieces a file is read in come out whole', async () => {
    const rows = Array.from({ length: 60_000 }, (_, step) =>
      `${step};"é\r\n${step}";${step / 8}`.replace('.', ','),
    );
    const dataset = await readText(`t;note;x\r\n${rows.join('\r\n')}\r\n`);
    const [instance] = dataset.instances;
    assert.equal(instance!.length, 60_000);
    const { values, lines } = instance!;
    assert.ok(values.every((value, step) => value === step / 8));
    assert.ok(lines!.every((line, step) => line === 2 + 2 * step));
  });

  it('fills missing values as asked, and says so', async () => {
    const text = 't,a,b\n0,,1\n1,2,NaN\n2,,inf\n3,6,\n';
    const filled = async (missing: 'keep' | 'zero' | 'previous' | 'interpolate'): Promise<number[][]> => {
      const dataset = await readText(text, { missing });
      const finding = dataset.findings.find(({ code }) => code === 'missing-filled');
      assert.match(finding!.sentence, /5 missing values .*\(first: line 2, column a\)/);
      return rowsOf(dataset.instances[0]!);
    };
    assert.deepEqual(await filled('keep'), [
      [Number.NaN, 2, Number.NaN, 6],
      [1, Number.NaN, Number.NaN, Number.NaN],
    ]);
    assert.deepEqual(await filled('zero'), [
      [0, 2, 0, 6],
      [1, 0, 0, 0],
    ]);
    assert.deepEqual(await filled('previous'), [
      [2, 2, 2, 6],
      [1, 1, 1, 1],
    ]);
    assert.deepEqual(await filled('interpolate'), [
      [2, 2, 4, 6],
      [1, 1, 1, 1],
    ]);
  });
});
