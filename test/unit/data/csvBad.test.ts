import assert from 'node:assert/strict';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDataset } from '../../../src/data/readDataset.ts';
import { table } from './badCsv.ts';
import { readText, refusalOf } from './reading.ts';

describe('bad CSV files are refused in one sentence', () => {
  for (const [what, text, code, sentence, options] of table) {
    it(what, async () => {
      const refusal = await refusalOf(readText(text, options));
      assert.match(refusal.message, sentence);
      assert.equal(refusal.code, code);
      assert.ok(!refusal.message.includes('\n'), 'one line');
      const line = /^data\.csv, line (\d+)/.exec(refusal.message)?.[1];
      if (line !== undefined)
        assert.deepEqual([refusal.place?.file, refusal.place?.line], ['/nowhere/data.csv', Number(line)]);
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
      /^data\.xlsx is not read as it is; save it as CSV \(in Excel: CSV UTF-8\), or run python3? -c "import pandas; pandas\.read_excel\('data\.xlsx'\)\.to_csv\('data\.csv', index=False\)" in its folder\. Data files ending in "\.xlsx" are not known/,
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
    ['t,a,a\n0,1,2\n1,2,3\n', 1, 2],
  ] as const;
  for (const [text, line, column] of places) {
    it(`is told: line ${line}, column ${column}`, async () => {
      const { place, message } = await refusalOf(readText(text, { time: 't' }));
      assert.deepEqual([place?.file, place?.line, place?.cell?.column], ['/nowhere/data.csv', line, column]);
      assert.ok(message.endsWith(place!.message));
    });
  }
});
