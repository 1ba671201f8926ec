import assert from 'node:assert/strict';
import { readDataset } from '../../../src/data/readDataset.ts';
import { inFolder } from './inFolder.ts';
import { refusalOf } from './reading.ts';

const table = `time,a,b\n${Array.from({ length: 9 }, (_, at) => `${at / 50},${at % 7},${at % 5}.5`).join('\n')}\n`;

describe('a folder with files of several kinds', () => {
  const { path, put } = inFolder();
  const read = (below = '') => readDataset({ path: path(below) }, {});

  it('takes the classes from a table of another kind, and no few notes for data', async () => {
    const rec = (from: number) =>
      `${Array.from({ length: 9 }, (_, at) => `${(from + at) / 8} ${(from * at) / 7}`).join('\n')}\n`;
    const names = ['a', 'b', 'c', 'd', 'e'];
    put(Object.fromEntries(names.map((name, at) => [`t/${name}.txt`, rec(at + 1)])));
    put({
      't/labels.csv': `file,label\n${names.map((name, at) => `${name}.txt,${at % 2 ? 'run' : 'walk'}`).join('\n')}\n`,
    });
    const { instances } = await read('t');
    assert.deepEqual(
      instances.map(({ label }) => label),
      ['walk', 'run', 'walk', 'run', 'walk'],
    );
    put({ 't/more.csv': table });
    assert.match((await refusalOf(read('t'))).message, /several kinds \(5 \.txt, 2 \.csv\)/);
    put({ 'v/a.csv': table, 'v/set.dat': 'about', 'v/info.tsv': 'name\tage\nx\t3\n' });
    assert.match(
      (await read('v')).findings[0]!.sentence,
      /first \(1 \.dat file left aside, info\.tsv left aside\)/,
    );
  });
});
