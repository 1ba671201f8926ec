import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readDataset } from '../../../src/data/readDataset.ts';
import { inFolder } from './inFolder.ts';
import { refusalOf } from './reading.ts';

describe('a folder of files without names', () => {
  const { path, put } = inFolder();
  const read = (options: DataOptions = {}) => readDataset({ path: path() }, options);
  const labels = async (options: DataOptions = {}) =>
    (await read(options)).instances.map(({ label }) => label);

  it('asks where the folders and a column without a name part the files otherwise; dates are no classes', async () => {
    const rows = (word: string, mark: number) =>
      Array.from({ length: 12 }, (_, step) =>
        [step, (mark + step * 0.37) % 1, (step * step * 0.1) % 3, word].join(),
      ).join('\n');
    const putTwelve = (wordOf: (at: number) => string) =>
      put(
        Object.fromEntries(
          Array.from({ length: 12 }, (_, at) => [
            `${['walk', 'run'][at % 2]}/${String(at).padStart(2, '0')}.csv`,
            rows(wordOf(at), at),
          ]),
        ),
      );
    putTwelve((at) => ['anna', 'ben', 'cleo'][Math.floor(at / 4)]!);
    const asked = await refusalOf(read());
    assert.equal(asked.code, 'ask-folder-label');
    assert.deepEqual((await labels({ labelFrom: 'folder' })).slice(5, 7), ['run', 'walk']);
    assert.deepEqual((await labels({ label: 'column 4' })).slice(0, 3), ['anna', 'anna', 'ben']);
    putTwelve((at) => `2024-01-${String((at >> 1) + 10)}`);
    assert.deepEqual((await labels()).slice(5, 7), ['run', 'walk']);
  });
});
