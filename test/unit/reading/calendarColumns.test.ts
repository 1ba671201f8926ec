import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readText, refusalOf } from '../data/reading.ts';

const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);
const model = (features: number): DataOptions => ({ input: { layout: 'NFT', features, steps: null } });
const HOUR = 3_600_000;

type Cells = (at: Date) => readonly number[];
const ymd = (date: Date) => [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()] as const;
const clock = (date: Date) => [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()] as const;
const dayOfYear = (date: Date) =>
  Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / (24 * HOUR)) + 1;

function table(head: string, cells: (at: number) => readonly unknown[], rows = 80): string {
  const lines = Array.from({ length: rows }, (_, at) => [...cells(at), value(at), value(at * 3 + 1)].join());
  return `${head},u,v\n${lines.join('\n')}\n`;
}

const kinds: readonly (readonly [string, number, Cells])[] = [
  ['year,month,day,hour', HOUR, (date) => [...ymd(date), date.getUTCHours()]],
  ['Jahr,Monat,Tag', 24 * HOUR, ymd],
  ['YY,MM,DD,hh,mm', 60_000, (date) => [...ymd(date), ...clock(date).slice(0, 2)]],
  ['year,doy', 24 * HOUR, (date) => [date.getUTCFullYear(), dayOfYear(date)]],
  ['month,day,hour', HOUR, (date) => [...ymd(date).slice(1), date.getUTCHours()]],
  ['hour,minute,second', 1000, clock],
  ['Hours,Minutes', 60_000, (date) => clock(date).slice(0, 2)],
];

describe('reading: dates in columns of their own', () => {
  for (const [head, interval, cells] of kinds) {
    it(`${head}: one recording without them, with and without a model, over the end of a year and a day`, async () => {
      for (const start of [Date.UTC(2023, 11, 30, 22, 50, 30), Date.UTC(2024, 0, 31, 5)]) {
        const text = table(head, (at) => cells(new Date(start + at * interval)));
        for (const options of [{}, model(2)]) {
          const { features, instances, findings } = await readText(text, options);
          assert.deepEqual([features, instances.length, instances[0]!.length], [['u', 'v'], 1, 80]);
          assert.ok(findings.some(({ sentence }) => /parts of the date or time/.test(sentence)));
        }
      }
    });
  }

  it('within each station, whose name stays what tells them apart', async () => {
    const text = table('station,year,month,day', (at) => [
      at < 40 ? 'north' : 'south',
      ...ymd(new Date(Date.UTC(2024, 0, 20) + (at % 40) * 24 * HOUR)),
    ]);
    const asked = await refusalOf(readText(text));
    assert.equal(asked.code, 'ask-several-recordings');
    const { features, instances } = await readText(text, { case: 'station' });
    assert.deepEqual(
      [features, instances.map(({ length }) => length)],
      [
        ['u', 'v'],
        [40, 40],
      ],
    );
  });

  it('stay features where the model takes as many, where "features" lists them, and where they are no date', async () => {
    const month = table('month,day', (at) => [1 + (at >> 3), 1 + (at % 28)]);
    assert.equal((await refusalOf(readText(month, model(4)))).code, 'ask-odd-feature');
    const dates = table('year,month', (at) => [2000 + (at >> 3), 1 + (at % 12)]);
    assert.deepEqual((await readText(dates, { features: ['year', 'month', 'u'] })).features, [
      'year',
      'month',
      'u',
    ]);
    // Minima and seconds of something else, in no order.
    const other = table('hour,min', (at) => [(at * 7) % 24, (at * 13) % 60]);
    assert.deepEqual((await readText(other)).features, ['hour', 'min', 'u', 'v']);
  });

  it('behind the first rows a date that goes back is refused with its line', async () => {
    const start = Date.UTC(2024, 0, 1);
    const text = table(
      'year,month,day',
      (at) => ymd(new Date(start + (at < 2300 ? at : at - 2300) * 24 * HOUR)),
      2500,
    );
    const refused = await refusalOf(readText(text));
    assert.equal(refused.code, 'time-order');
    assert.match(refused.message, /line 2302, column "year": the date goes back to 2024 1 1/);
  });

  it('from any start, in any interval, forward is one recording', async () => {
    const dates = fc.record({
      start: fc.integer({ min: 0, max: 2_000_000_000 }),
      step: fc.integer({ min: 1, max: 200_000 }),
      kind: fc.constantFrom(0, 2),
    });
    await fc.assert(
      fc.asyncProperty(dates, async ({ start, step, kind }) => {
        const [head, unit, cells] = kinds[kind]!;
        const text = table(head, (at) => cells(new Date(start * 1000 + at * step * unit)), 40);
        const read = await readText(text);
        assert.deepEqual([read.features, read.instances.length], [['u', 'v'], 1]);
      }),
      { numRuns: 60 },
    );
  });
});
