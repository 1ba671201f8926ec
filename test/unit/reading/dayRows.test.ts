import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText, refusalOf, rowsOf } from '../data/reading.ts';

const H = 24;
const N = 10;
const value = (of: number, step: number): string => ((((of * 31 + step) * 37) % 101) / 10 + 0.03).toFixed(2);
const series = (of: number): string[] => Array.from({ length: H }, (_, step) => value(of, step));
const two = (number: number): string => String(number).padStart(2, '0');
const one = (steps: number | null): DataOptions => ({ input: { layout: 'NFT', features: 1, steps } });
const everywhere: readonly DataOptions[] = [{}, one(null), one(H)];
const right = Array.from({ length: N }, (_, of) => [series(of).map(Number)]);

describe('reading: days in rows', () => {
  const names: readonly (readonly [string, (hour: number) => string])[] = [
    ['00:00', (hour) => `${two(hour)}:00`],
    ['0h', (hour) => `${hour}h`],
    ['00:00:00', (hour) => `${two(hour)}:00:00`],
  ];
  const ids: readonly (readonly [string, (of: number) => string])[] = [
    ['date', (of) => `2023-05-${two(of + 1)}`],
    ['Datum', (of) => `${two(of + 1)}.05.2023`],
    ['customer', (of) => `c${of}`],
  ];
  for (const [hours, name] of names) {
    it(`hours called ${hours} are the steps of a series each, whatever names the rows`, async () => {
      const head = Array.from({ length: H }, (_, hour) => name(hour));
      for (const [id, idOf] of ids) {
        const rows = Array.from({ length: N }, (_, of) => [idOf(of), ...series(of)].join());
        for (const options of everywhere) {
          const { instances } = await readText(`${[[id, ...head].join(), ...rows].join('\n')}\n`, options);
          assert.deepEqual(instances.map(rowsOf), right, id);
          assert.ok(instances.every(({ label }) => label === undefined));
        }
      }
    });
  }

  it('numbered columns beside a date and a word that changes: asked without a model', async () => {
    const head = ['date', 'level', ...Array.from({ length: H }, (_, at) => `q${at}`)].join();
    const words = ['low', 'high'];
    const rows = Array.from({ length: N }, (_, of) =>
      [`2023-05-${two(of + 1)}`, words[of % 2], ...series(of)].join(),
    );
    const text = `${[head, ...rows].join('\n')}\n`;
    const asked = await refusalOf(readText(text));
    assert.ok(asked instanceof ReadingQuestion);
    const { instances } = await readText(text, asked.doubt.ways[0]!.patch.data as DataOptions);
    assert.deepEqual(instances.map(rowsOf), right);
    assert.deepEqual(
      instances.map(({ label }) => label),
      rows.map((_, of) => words[of % 2]),
    );
  });
});
