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
    ['hour_0', (hour) => `hour_${hour}`],
    ['Hour 1', (hour) => `Hour ${hour + 1}`],
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

  it('letters and numbers beside no date are asked about, unless the numbers go on along the rows', async () => {
    const head = Array.from({ length: H }, (_, hour) => `h${hour}`).join();
    const text = (of: (row: number, hour: number) => number) =>
      `${[head, ...Array.from({ length: N }, (_r, row) => Array.from({ length: H }, (_h, hour) => of(row, hour).toFixed(2)).join())].join('\n')}\n`;
    const noise = await refusalOf(readText(text((row, hour) => Number(value(row, hour)))));
    assert.equal(noise.code, 'ask-parts-of-time');
    const along = await readText(text((row, hour) => Math.sin(row * 41 + hour * 0.2) * 9));
    assert.deepEqual([along.instances.length, along.instances[0]!.length], [N, H]);
  });

  it('months are a year, and days of several customers beside plain numbers are asked about', async () => {
    const months = 'Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec';
    const years = Array.from({ length: N }, (_, of) => [2010 + of, ...series(of).slice(0, 12)].join());
    const { instances } = await readText(`Year,${months}\n${years.join('\n')}\n`);
    assert.deepEqual(
      instances.map(rowsOf),
      right.map(([one]) => [one!.slice(0, 12)]),
    );
    const head = Array.from({ length: H }, (_, hour) => hour).join();
    const days = Array.from({ length: N }, (_, of) =>
      [`c${of >> 2}`, `2023-05-${two((of % 4) + 1)}`, ...series(of)].join(),
    );
    const asked = await refusalOf(readText(`customer,date,${head}\n${days.join('\n')}\n`));
    assert.equal(asked.code, 'ask-parts-of-time');
  });

  it('many numbered columns beside a word of its own in each row under "id" are its steps, whatever repeats beside it', async () => {
    const head = Array.from({ length: H }, (_, at) => `d_${at + 1}`).join();
    const rows = Array.from({ length: N }, (_, of) =>
      [`item_${of}_A`, `store_${of >> 2}`, `dept_${of >> 1}`, ...series(of)].join(),
    );
    const { instances } = await readText(`id,store_id,dept_id,${head}\n${rows.join('\n')}\n`);
    assert.deepEqual(instances.map(rowsOf), right);
    assert.equal(instances[3]!.id, 'item_3_A');
  });
});
