import assert from 'node:assert/strict';
import fc from 'fast-check';
import Papa from 'papaparse';
import { cellRanges } from '../../../src/views/inline/cellRanges.ts';

const unquoted = (cell: string) => {
  const quoted = /^"(.*)" *$/s.exec(cell);
  return quoted ? quoted[1]!.replaceAll('""', '"') : cell;
};
const cells = (line: string, delimiter: string) =>
  cellRanges(line, delimiter).map(({ from, to }) => unquoted(line.slice(from, to)));

describe('The cells of a line of CSV', () => {
  it('are where they stand', () => {
    assert.deepEqual(cellRanges('1,22,,4', ','), [
      { from: 0, to: 1 },
      { from: 2, to: 4 },
      { from: 5, to: 5 },
      { from: 6, to: 7 },
    ]);
  });

  it('may hold delimiters and quotes in quotes', () => {
    assert.deepEqual(cells('"a;""b""";2', ';'), ['a;"b"', '2']);
    assert.deepEqual(cellRanges('"a;b" ;2', ';')[0], { from: 0, to: 6 });
  });

  it('end with the line where a quote goes on in the next one', () => {
    assert.deepEqual(cellRanges('1,"two', ','), [
      { from: 0, to: 1 },
      { from: 2, to: 6 },
    ]);
  });

  it('are those papaparse cuts, whatever papaparse writes', () => {
    const cell = fc.oneof(
      fc.constantFrom('', ' ', '"', '""', ',', ';', 'a"b', '-1.5e3', '1,5', 'ß€😀'),
      fc.string().filter((text) => !/[\r\n]/.test(text)),
    );
    const row = fc.array(cell, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(row, fc.constantFrom(',', ';', '\t', '|'), fc.boolean(), (values, delimiter, quotes) => {
        const line = Papa.unparse([values], { delimiter, quotes });
        const parsed = Papa.parse<string[]>(line, { delimiter, newline: '\n' });
        fc.pre(parsed.errors.length === 0 && parsed.data.length === 1);
        assert.deepEqual(cells(line, delimiter), parsed.data[0]);
      }),
      { numRuns: 500 },
    );
  });
});
