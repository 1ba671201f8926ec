import assert from 'node:assert/strict';
import fc from 'fast-check';
import Papa from 'papaparse';
import { csvNumber, csvRow, csvText } from '../../../src/surfaces/csv.ts';
import { jsonText } from '../../../src/surfaces/json.ts';
import { visible } from '../../../src/surfaces/visible.ts';
import { hostileText, obeyed } from './hostileNames.ts';

describe('Tables with names in them', () => {
  it('CSV: a cell of text is one cell in any dialect and starts no formula', () => {
    fc.assert(
      fc.property(hostileText, (name) => {
        const line = csvRow([csvText(name), csvText('next')]);
        const [cells, ...others] = Papa.parse<string[]>(line.trimEnd(), { delimiter: ',' }).data;
        assert.equal(others.length, 0);
        assert.equal(cells!.length, 2);
        const [cell] = cells as [string, string];
        assert.doesNotMatch(cell, obeyed);
        if (!/^[+-]?[\d.]+(e[+-]?\d+)?$/i.test(cell)) assert.doesNotMatch(cell, /^\s*[=+\-@\t\r]/);
        const shown = visible(name, { most: 32_000 });
        assert.ok(cell === shown || cell === `'${shown}`);
        for (const delimiter of [';', '\t', '|']) {
          const [foreign] = Papa.parse<string[]>(csvText(name), { delimiter }).data;
          assert.ok((foreign ?? ['']).length <= 1, delimiter);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('CSV: formulas get an apostrophe, numbers and words none', () => {
    const written = (cells: readonly string[]) => cells.map(csvText);
    assert.deepEqual(written(['=1+1', '+1+1', '-1+1', '@SUM(A1)', ' =1', '\u00a0=1', '＝1']), [
      "'=1+1",
      "'+1+1",
      "'-1+1",
      "'@SUM(A1)",
      "' =1",
      "'\u00a0=1",
      "'＝1",
    ]);
    const same = ['-1', '+3.5', '-.5e-3', '1', 'walk', 'a-b', '', '1_walk', '−1'];
    assert.deepEqual(written(same), same);
    assert.equal(csvText('a,"b";c'), '"a,""b"";c"');
  });

  it('CSV: numbers are as they were', () => {
    assert.deepEqual([-1.5, 0, 1e-7, 123456.789, null, Number.NaN].map(csvNumber), [
      '-1.5',
      '0',
      '1e-7',
      '123456.789',
      '',
      '',
    ]);
  });

  it('JSON: reads back the same, and nothing in it is obeyed', () => {
    fc.assert(
      fc.property(hostileText, fc.option(fc.constant(2), { nil: undefined }), (name, indent) => {
        const value = { [name]: [name, 1.5, null] };
        const text = jsonText(value, indent);
        assert.deepEqual(JSON.parse(text), value);
        assert.doesNotMatch(text, obeyed);
      }),
      { numRuns: 300 },
    );
  });
});
