import assert from 'node:assert/strict';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readDataset } from '../../../src/data/readDataset.ts';
import { readText, refusalOf } from './reading.ts';

type Bad = readonly [what: string, text: string, code: string, sentence: RegExp, options?: DataOptions];

const table: readonly Bad[] = [
  ['an empty file', '', 'empty-file', /^data\.csv is empty\.$/],
  ['blank lines alone', '\n  \n\n', 'empty-file', /^data\.csv holds no data: nothing but blank lines\.$/],
  ['names without rows', 'a,b,c\n', 'no-rows', /^data\.csv has column names but no rows of data\.$/],
  ['one row of one series', 't,a\n0,1\n', 'one-row', /^data\.csv has one row of data only: .*two steps/],
  ['a row too short', 'a,b\n1,2\n3\n5,6\n', 'ragged-row', /^data\.csv, line 3: 2 cells expected, 1 found\.$/],
  ['a row too long', 'a,b\n1,2\n3,4,5\n', 'ragged-row', /^data\.csv, line 3: 2 cells expected, 3 found\.$/],
  [
    'a ragged row behind blank lines and a quoted line break',
    't,note,a\n0,"one\ntwo",1\n\n\n1,"x",2\n2,y\n',
    'ragged-row',
    /^data\.csv, line 7: 3 cells expected, 2 found\.$/,
  ],
  [
    'a word among numbers',
    'a,b\n1,2\n3,oops\n5,6\n',
    'not-numeric',
    /^data\.csv, line 3, column "b": "oops" is not a number\.$/,
  ],
  [
    'a hexadecimal number',
    'a,b\n1,2\n3,0x1F\n5,6\n',
    'not-numeric',
    /line 3, column "b": "0x1F" is not a number/,
  ],
  [
    'a number with thousands',
    'a,b\n1,2\n3,"4,000"\n5,6\n',
    'not-numeric',
    /line 3, column "b": "4,000" is not/,
  ],
  [
    'a decimal point among decimal commas',
    'a;b\n1,5;2,5\n1,25;2.5\n',
    'not-numeric',
    /line 3, column "b": "2\.5" is not a number/,
    { decimal: ',' },
  ],
  [
    'a blank cell',
    'a,b\n1,2\n3,\n5,6\n',
    'missing-value',
    /^data\.csv, line 3, column "b": the cell is blank; .*"missing" to "interpolate"/,
  ],
  [
    'NaN',
    'a,b\n1,2\n3,4\nNaN,6\n',
    'missing-value',
    /^data\.csv, line 4, column "a": "NaN" is no finite number; /,
  ],
  [
    'infinity',
    'a,b\n1,2\n3,-inf\n5,6\n',
    'missing-value',
    /^data\.csv, line 3, column "b": "-inf" is no finite number; /,
  ],
  [
    'a number too large for a double',
    'a,b\n1,2\n3,1e999\n5,6\n',
    'missing-value',
    /line 3, column "b": "1e999" is no finite/,
  ],
  [
    'a blank line between values of one column',
    'a\n1\n2\n\n4\n',
    'missing-value',
    /^data\.csv, line 4, column "a": the cell is blank/,
  ],
  [
    'two columns of one name',
    't,x,x\n0,1,2\n1,2,3\n',
    'duplicate-column',
    /^data\.csv, line 1: columns 2 and 3 are both named "x"; rename one\.$/,
  ],
  ['no column of numbers', 'a,b\nx,y\nz,w\n', 'no-features', /^data\.csv has no column of numbers .*a, b/],
  [
    'a label that changes within a case',
    'case,t,label,x\n1,0,up,1\n1,1,down,2\n',
    'ask-continuous-recording',
    /^data\.csv, line 3, column "label": the label of case 1 changes from "up" to "down"/,
  ],
  [
    'a label that changes in a single series',
    't,label,x\n0,up,1\n1,down,2\n',
    'ask-continuous-recording',
    /line 3, .*the label changes from "up" to "down".*"window"/,
  ],
  [
    'time running back',
    'case,t,x\n1,0,1\n1,2,2\n1,1,3\n',
    'time-order',
    /^data\.csv, line 4, column "t": time goes back to 1 after line 3; sort/,
  ],
  [
    'a case that begins again',
    'case,t,x\n7,0,1\n7,1,2\n8,0,1\n8,1,2\n7,0,5\n',
    'duplicate-case',
    /^data\.csv, line 6: case 7 begins again \(t is 0 after line 3\)/,
  ],
  ['many series without a case column', 't,x\n0,1\n1,2\n0,3\n1,4\n', 'time-order', /line 4, .*set "case"/],
  [
    'a blank time',
    'time,x\n0,1\n,2\n2,3\n',
    'bad-time',
    /^data\.csv, line 3, column "time": the time is blank\.$/,
  ],
  [
    'a time of another kind',
    'time,x\n0,1\nlater,2\n2,3\n',
    'bad-time',
    /line 3, column "time": "later" is not a time like those before/,
  ],
  [
    'a blank case',
    'case,t,x\n1,0,1\n,1,2\n1,2,3\n',
    'blank-case',
    /^data\.csv, line 3, column "case": the case is blank\.$/,
  ],
  [
    'an id twice in a wide file',
    'id,t0,t1,t2\na,1,2,3\na,4,5,6\n',
    'duplicate-case',
    /^data\.csv, line 3: case a already stands on line 2/,
    { layout: 'wide' },
  ],
  [
    'a wide row without numbers',
    'id,t0,t1,t2\na,1,2,3\nb,,,\n',
    'no-steps',
    /^data\.csv, line 3: the row has no number\.$/,
    { layout: 'wide' },
  ],
  [
    'a quote never closed',
    'a,b\n1,2\n3,"4\n5,6\n',
    'bad-quotes',
    /^data\.csv, line 3: a quoted cell in this row is not closed properly/,
  ],
  ['a stray quote', 'a,b\n1,2\n3,"4"5\n5,6\n', 'bad-quotes', /^data\.csv, line 3: a quoted cell/],
  ['binary data', 'a,b\n1,\u0000\n', 'not-text', /^data\.csv is not a text file/],
  [
    'a case column that is not there',
    'a,b\n1,2\n3,4\n',
    'unknown-column',
    /^data\.csv has no column "who" \(wanted for "case"\); its columns are a, b\.$/,
    { case: 'who' },
  ],
  [
    'features that are not there',
    't,a,b,c\n0,1,2,3\n1,2,3,4\n',
    'missing-features',
    /^data\.csv lacks the feature columns x, y; columns it has besides: t, b, c\.$/,
    { features: ['a', 'x', 'y'] },
  ],
  [
    'the wrong count of features without names',
    '1,2\n3,4\n',
    'feature-count',
    /no column names and 2 feature columns, .* 3 features/,
    { features: ['a', 'b', 'c'] },
  ],
  [
    'long without a case column',
    'a,b\n1,2\n3,4\n',
    'layout-columns',
    /^data\.csv is to be read as long, but no column names the instance/,
    { layout: 'long' },
  ],
  [
    'a mask that is neither 0 nor 1',
    'x,m\n1,1\n2,0.5\n',
    'bad-mask',
    /^data\.csv, line 3, column "m": a mask is 1 .* not "0\.5"\.$/,
    { maskColumn: 'm' },
  ],
  [
    'a length that changes',
    'case,x,n\na,1,2\na,2,3\n',
    'bad-length',
    /^data\.csv, line 3, column "n": "3" is not one whole number/,
    { lengthColumn: { column: 'n', side: 'end' } },
  ],
  [
    'a length beyond the rows',
    'case,x,n\na,1,9\na,2,9\n',
    'bad-length',
    /gives case a 9 steps, but it has 2 rows/,
    { lengthColumn: { column: 'n', side: 'end' } },
  ],
  [
    'nothing to fill from',
    'case,a,b\np,1,2\np,2,3\nq,,2\nq,,3\n',
    'missing-feature-values',
    /^data\.csv: instance q has no number at all in feature a/,
    { missing: 'previous' },
  ],
];

describe('bad CSV files are refused in one sentence', () => {
  for (const [what, text, code, sentence, options] of table) {
    it(what, async () => {
      const refusal = await refusalOf(readText(text, options));
      assert.match(refusal.message, sentence);
      assert.equal(refusal.code, code);
      assert.ok(!refusal.message.includes('\n'), 'one line');
    });
  }

  it('a file that is not there, a folder, an unknown ending', async () => {
    assert.match(
      (await refusalOf(readDataset({ path: '/nowhere/gone.csv' }, {}))).message,
      /^gone\.csv does not exist/,
    );
    assert.match(
      (await refusalOf(readDataset({ path: `${import.meta.dirname}/../../../LICENSE` }, {}))).message,
      /ending in ""/,
    );
    assert.match(
      (await refusalOf(readText('x', {}, 'data.xlsx'))).message,
      /ending in "\.xlsx" are not known/,
    );
  });

  it('a folder with the name of a data file, and a file too large', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'attribution-'));
    try {
      await mkdir(join(folder, 'x.csv'));
      assert.match(
        (await refusalOf(readDataset({ path: join(folder, 'x.csv') }, {}))).message,
        /^The folder x\.csv has no data files/,
      );
      const large = await open(join(folder, 'large.csv'), 'w');
      await large.truncate(2 ** 31);
      await large.close();
      const refusal = await refusalOf(readDataset({ path: join(folder, 'large.csv') }, {}));
      assert.match(refusal.message, /^large\.csv has 2\.0 GB; at most 1 GB is read/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('Where a bad cell stands', () => {
  const places = [
    ['t,a,b\n0,1,2\n1,x,3\n', 3, 1],
    ['t,a,b\n0,1,2\n1,,3\n2,1,1\n', 3, 1],
    ['t;a\n0;1\n2;1\n1;1\n', 4, 0],
    ['t,a,b\n0,1,2\n1,2\n', 3, undefined],
  ] as const;
  for (const [text, line, column] of places) {
    it(`is told: line ${line}, column ${column}`, async () => {
      const { place, message } = await refusalOf(readText(text, { time: 't' }));
      assert.deepEqual([place?.file, place?.line, place?.cell?.column], ['/nowhere/data.csv', line, column]);
      assert.ok(message.endsWith(place!.message));
    });
  }
});
