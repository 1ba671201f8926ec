import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf, rowsOf } from '../data/reading.ts';

const T = 24;
const N = 12;
const value = (of: number, step: number): string => ((((of * 31 + step) * 37) % 101) / 10 + 0.03).toFixed(2);
const series = (of: number): string[] => Array.from({ length: T }, (_, step) => value(of, step));
const one = (steps: number | null): DataOptions => ({ input: { layout: 'NFT', features: 1, steps } });
const table = (head: readonly string[], row: (of: number) => readonly unknown[]): string =>
  `${[head, ...Array.from({ length: N }, (_, of) => row(of))].map((cells) => cells.join()).join('\n')}\n`;

/** One way leads to the series and the class of each row. */
async function assertOffered(
  text: string,
  options: DataOptions,
  classOf: (of: number) => unknown,
): Promise<void> {
  const asked = await refusalOf(readText(text, options));
  assert.ok(asked instanceof ReadingQuestion, asked.message);
  const read = await Promise.all(
    asked.doubt.ways.map(({ patch }) => readText(text, { ...options, ...(patch.data as DataOptions) })),
  );
  const right = read.find(({ instances }) => instances[0]!.length === T)?.instances;
  assert.ok(right, asked.message);
  for (const [of, instance] of right.entries()) {
    assert.deepEqual(rowsOf(instance), [series(of).map(Number)]);
    assert.equal(instance.label, String(classOf(of)));
  }
}

describe('reading: a class that is numbered along with the steps', () => {
  const names: readonly (readonly [string, (at: number) => string])[] = [
    ['0, 1, 2', (at) => `${at}`],
    ['V1, V2', (at) => `V${at + 1}`],
    ['x0, x1', (at) => `x${at}`],
    ['Column1', (at) => `Column${at + 1}`],
    ['feature_0', (at) => `feature_${at}`],
  ];
  const classes: readonly (readonly [string, (of: number) => string])[] = [
    ['0, 1, 2', (of) => `${of % 3}`],
    ['1.0, 2.0', (of) => `${(of % 2) + 1}.0`],
    ['-1, 1', (of) => `${(of % 2) * 2 - 1}`],
  ];
  for (const [what, name] of names) {
    it(`columns called ${what}: asked, first or last, and one way is right`, async () => {
      const head = Array.from({ length: T + 1 }, (_, at) => name(at));
      for (const [, classOf] of classes) {
        for (const options of [{}, one(null), one(2 * T), { layout: 'wide' } as const]) {
          await assertOffered(
            table(head, (of) => [classOf(of), ...series(of)]),
            options,
            classOf,
          );
          await assertOffered(
            table(head, (of) => [...series(of), classOf(of)]),
            options,
            classOf,
          );
        }
      }
    });
  }

  it('beside an id of the row, too', async () => {
    const head = ['weight', ...Array.from({ length: T + 1 }, (_, at) => `x${at}`)];
    const text = table(head, (of) => [60.5 + of, ...series(of), of % 3]);
    for (const options of [{}, one(null)]) await assertOffered(text, options, (of) => of % 3);
  });

  it('whole numbers throughout: only what differs from the column beside it is asked about', async () => {
    const head = Array.from({ length: T + 1 }, (_, at) => `t${at}`);
    const whole = (of: number): number[] => series(of).map((cell) => Math.round(100 * Number(cell)));
    const asked = await refusalOf(
      readText(
        table(head, (of) => [...whole(of), of % 3]),
        one(null),
      ),
    );
    assert.equal(asked.code, 'ask-label-column');
    // Sums that go on from a small count are no class.
    const sums = (of: number): number[] =>
      Array.from({ length: T + 1 }, (_, at) => (of % 3) + at * (1 + (of % 3)));
    const plain = [
      table(head, (of) => sums(of)),
      table(head, (of) => Array.from({ length: T + 1 }, (_, at) => (of * 7 + at * 3) % 2)),
      table(head, (of) => [0, ...series(of)]),
      table(head.slice(1), (of) => series(of)),
    ];
    for (const text of plain)
      for (const options of [{}, one(null), one(2 * T)]) await readText(text, options);
  });
});
