import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf, rowsOf } from '../data/reading.ts';

const N = 30;
const value = (row: number, column: number): string =>
  (((row * 37 + column * 53 + row * row) % 97) / 20 - 2 + 0.003).toFixed(3);
const rows = (columns: number, index = false): string[] =>
  Array.from({ length: N }, (_, row) =>
    [...(index ? [row] : []), ...Array.from({ length: columns }, (__, column) => value(row, column))].join(),
  );
const right = (columns: number): number[][] =>
  Array.from({ length: columns }, (_, column) =>
    Array.from({ length: N }, (__, row) => Number(value(row, column))),
  );
const free = (features: number, steps: number | null = null): DataOptions => ({
  input: { layout: 'NFT', features, steps },
});

async function offered(text: string, options: DataOptions): Promise<{ code: string; read: number[][][] }> {
  const asked = await refusalOf(readText(text, options));
  assert.ok(asked instanceof ReadingQuestion, asked.message);
  const read = await Promise.all(
    asked.doubt.ways.map(async ({ patch }) => {
      const { instances } = await readText(text, { ...options, ...(patch.data as DataOptions) });
      return rowsOf(instances[0]!);
    }),
  );
  return { code: asked.code, read };
}

describe('reading: the numbers that pandas calls columns by', () => {
  for (const [from, ending] of [
    [0, ''],
    [1, ''],
    [0, '.0'],
  ] as const) {
    for (const columns of [1, 2]) {
      const head = Array.from({ length: columns }, (_, at) => `${from + at}${ending}`);
      it(`${head.join()} above decimals: asked, names or first step`, async () => {
        const text = `${[head.join(), ...rows(columns)].join('\n')}\n`;
        for (const options of [{}, free(columns), free(columns, N)]) {
          const { code, read } = await offered(text, options);
          assert.equal(code, 'ask-first-names');
          assert.deepEqual(read[0], right(columns));
          assert.equal(read[1]![0]!.length, N + 1);
        }
        // As many steps as the model takes with it.
        assert.equal((await readText(text, free(columns, N + 1))).instances[0]!.length, N + 1);
      });
    }
  }

  it('three or more are names, though some row below goes on evenly by chance', async () => {
    for (const columns of [3, 4]) {
      const head = Array.from({ length: columns }, (_, at) => at);
      const table = [...rows(columns)];
      for (const options of [free(columns), free(columns, N)]) {
        const { instances } = await readText(`${[head.join(), ...table].join('\n')}\n`, options);
        assert.deepEqual(rowsOf(instances[0]!), right(columns));
      }
      table[4] = head.map((at) => (at * 1.5 - 1).toFixed(3)).join();
      const { instances } = await readText(`${[head.join(), ...table].join('\n')}\n`, free(columns));
      assert.equal(instances[0]!.length, N);
    }
  });

  it('behind the blank name of the index, one to four', async () => {
    for (const columns of [1, 2, 3, 4]) {
      const head = ['', ...Array.from({ length: columns }, (_, at) => at)].join();
      for (const options of [{}, free(columns), free(columns, N)]) {
        const { instances } = await readText(`${[head, ...rows(columns, true)].join('\n')}\n`, options);
        assert.deepEqual(rowsOf(instances[0]!), right(columns));
      }
    }
  });

  it('a first step that the others go on from is none of them', async () => {
    const line = Array.from({ length: N }, (_, row) =>
      row === 0 ? '0,1' : `${(row / 100).toFixed(2)},${value(row, 1)}`,
    );
    assert.equal((await readText(`${line.join('\n')}\n`)).instances[0]!.length, N);
    const whole = Array.from({ length: N }, (_, row) => (row * 17) % 31).join('\n');
    assert.equal((await readText(`${whole}\n`)).instances[0]!.length, N);
  });
});

describe('reading: a row of rates, gains or counts under the names', () => {
  const kinds: readonly (readonly [string, readonly string[]])[] = [
    ['rates', ['100', '100', '100']],
    ['steps in seconds', ['0.01', '0.01', '0.01']],
    ['counts', ['2048', '2048', '2047']],
    ['gains', ['16', '16', '24']],
  ];
  for (const [what, cells] of kinds) {
    it(`${what}: asked, no step or one`, async () => {
      const text = `${['x,y,z', cells.join(), ...rows(3)].join('\n')}\n`;
      for (const options of [{}, free(3), free(3, N)]) {
        const { code, read } = await offered(text, options);
        assert.equal(code, 'ask-first-row');
        assert.deepEqual(read[0], right(3));
        assert.deepEqual(
          read[1]!.map((feature) => feature[0]),
          cells.map(Number),
        );
      }
    });
  }

  it('a recording that begins with zeros, or with 0 and 1, has none', async () => {
    for (const first of ['0,0,0', '0,1,0', '1,0,1'])
      assert.equal(
        (await readText(`${['x,y,z', first, ...rows(3)].join('\n')}\n`, free(3))).instances[0]!.length,
        N + 1,
      );
  });
});
