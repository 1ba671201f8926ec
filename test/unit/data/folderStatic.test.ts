import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readDataset } from '../../../src/data/readDataset.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { codes, refusalOf, rowsOf } from './reading.ts';

const classes = ['walk', 'run', 'sit'];
const value = (of: number, at: number): string => (Math.sin(of + at * 0.7) + of / 10).toFixed(3);

describe('a folder of files with a number that stays the same in each', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'lens-static-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Six files of ten rows; the column stands between two signals. */
  const put = (name: string, cell: (of: number, at: number) => unknown, inFolders = true): void => {
    for (let of = 0; of < 6; of++) {
      const folder = join(root, inFolders ? classes[of % 3]! : '');
      mkdirSync(folder, { recursive: true });
      const rows = Array.from({ length: 10 }, (_, at) =>
        [at, value(of, at), cell(of, at), value(of, at * 3)].join(),
      );
      writeFileSync(join(folder, `${of}.csv`), `t,ax,${name},ay\n${rows.join('\n')}\n`);
    }
  };
  const read = (options: DataOptions = {}) => readDataset({ path: root }, options);

  for (const [name, cell] of [
    ['activity_code', (of: number) => [4, 5, 7][of % 3]],
    ['age', (of: number) => 30 + of],
    ['weight', (of: number) => 61.5 + of],
  ] as const) {
    it(`${name} is left aside, which is said`, async () => {
      put(name, cell);
      const { features, instances, cells, plan, findings } = await read();
      assert.deepEqual(
        [features, plan!.features, cells!.columns],
        [
          ['ax', 'ay'],
          ['ax', 'ay'],
          [1, 3],
        ],
      );
      const one = instances.find(({ file }) => file === 'run/4.csv')!;
      assert.deepEqual(
        rowsOf(one),
        [1, 3].map((by) => Array.from({ length: 10 }, (_, at) => Number(value(4, at * by)))),
      );
      assert.equal(one.label, 'run');
      assert.equal(plan!.parts.find((part) => part.name === name)!.role, 'aside');
      assert.ok(findings.some(({ sentence }) => sentence.includes(`column ${name} left aside`)));
      assert.ok(!codes({ findings }).includes('constant-feature'));
      const listed = ['ax', name, 'ay'];
      assert.deepEqual((await read({ features: listed })).features, listed);
    });
  }

  it('what changes in one file, or is one number in all, is a feature', async () => {
    for (const cell of [(of: number, at: number) => (of === 5 && at === 9 ? 1 : of), () => 50]) {
      put('gain', cell);
      assert.deepEqual((await read()).features, ['ax', 'gain', 'ay']);
    }
  });

  it('without another class it may be the class, and a model says how many features there are', async () => {
    put('state', (of) => of % 2, false);
    const asked = await refusalOf(read());
    assert.ok(asked instanceof ReadingQuestion);
    assert.equal(asked.code, 'ask-odd-feature');
    const found = [];
    for (const { patch } of asked.doubt.ways) {
      const { features, instances } = await read(patch.data as DataOptions);
      found.push([features.length, instances[1]!.label]);
    }
    assert.deepEqual(found, [
      [2, '1'],
      [2, undefined],
      [3, undefined],
    ]);
    const input = { layout: 'NFT', features: 3, steps: null } as const;
    assert.equal((await read({ input })).features.length, 3);
  });
});
