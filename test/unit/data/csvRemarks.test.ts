import assert from 'node:assert/strict';
import { codes, readText, refusalOf } from './reading.ts';

const rows = (from: number, count: number) =>
  Array.from(
    { length: count },
    (_, at) => `${from + at},${(((from + at) * 7) % 5) + 0.5},${((from + at) * 3) % 4}`,
  );

describe('CSV: lines with a comment sign among the rows', () => {
  for (const sign of ['#', '%', '//', '# ']) {
    it(`${sign} between and behind them are left out, counted and named by the first`, async () => {
      const text = [
        'time,a,b',
        ...rows(0, 20),
        `${sign}paused`,
        ...rows(20, 20),
        `${sign}end, of file`,
        `${sign}by, me, too`,
      ].join('\n');
      const dataset = await readText(`${text}\n`);
      assert.deepEqual([dataset.instances.length, dataset.instances[0]!.length], [1, 40]);
      assert.equal(dataset.instances[0]!.lines![20], 23);
      const { sentence } = dataset.findings.find(({ code }) => code === 'remarks-left-out')!;
      assert.match(sentence, /3 lines with a comment sign among the rows are left out \(first: line 22\)/);
    });
  }

  it('are left out beyond the rows that are looked at, too', async () => {
    const text = ['time,a,b', ...rows(0, 3000), '# paused', ...rows(3000, 3000)].join('\n');
    const dataset = await readText(`${text}\n`);
    assert.equal(dataset.instances[0]!.length, 6000);
    assert.ok(codes(dataset).includes('remarks-left-out'));
  });

  it('cells that begin so are cells where the row is whole', async () => {
    const text = [
      'id,t,a',
      ...['#1', '#2'].flatMap((id) => rows(0, 9).map((row) => `${id},${row.slice(0, 3)}`)),
    ];
    const { instances } = await readText(`${text.join('\n')}\n`, { case: 'id' });
    assert.deepEqual(
      instances.map(({ id }) => id),
      ['#1', '#2'],
    );
  });
});

describe('CSV: what programs write for a number that is none', () => {
  for (const word of ['-nan', '1.#QNAN', '-1.#IND', '.', 'NaT', '--', '#DIV/0!', '#VALUE!', '#NUM!']) {
    it(`${word} is a missing value`, async () => {
      const text = ['time,a,b', ...rows(0, 9), `9,${word},1`, ...rows(10, 9)].join('\n');
      assert.equal((await refusalOf(readText(text))).code, 'missing-value');
      const filled = await readText(text, { missing: 'zero' });
      assert.equal(filled.instances[0]!.values[9], 0);
    });
  }
});
