import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import type { Refusal } from '../../../src/refusal.ts';
import { readText } from '../data/reading.ts';

const value = (at: number): string => (Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3);
const model = (features: number): DataOptions => ({ input: { layout: 'NFT', features, steps: null } });
const pad = (number: number, width = 2): string => String(Math.floor(number)).padStart(width, '0');
const timeOfDay = (second: number): string =>
  `${pad(second / 3600)}${pad((second / 60) % 60)}${pad(second % 60)}`;
const dateOf = (at: number, digits: number): string =>
  new Date(Date.UTC(2024, 0, 30, 22, 59, 50) + at).toISOString().replace(/\D/g, '').slice(0, digits);

function table(head: string, clock: (at: number) => unknown, rows = 80): string {
  const lines = Array.from({ length: rows }, (_, at) => [clock(at), value(at), value(at * 3 + 1)].join());
  return `${head},u,v\n${lines.join('\n')}\n`;
}

describe('reading: clocks and counters that do not go on by one step', () => {
  const kinds: readonly (readonly [string, string, (at: number) => unknown])[] = [
    ['a counter of 8 bits', 'seq', (at) => (230 + at) % 256],
    ['of 16 bits, under any name', 'pc', (at) => (65_500 + at) % 65_536],
    ['one of 4 bits', 'cnt', (at) => (3 + at) % 16],
    ['a timer of 32 bits', 'ticks', (at) => (2 ** 32 - 5000 + at * 100) % 2 ** 32],
    ['the seconds of a day over midnight', 'sod', (at) => ((86_399 + at * 0.05) % 86_400).toFixed(2)],
    ['the same in milliseconds', 'q', (at) => (86_399_000 + at * 40) % 86_400_000],
    ['hours, minutes and seconds in digits', 'hhmmss', (at) => Number(timeOfDay(82_770 + at))],
    ['the same over midnight', 'utc', (at) => `${Number(timeOfDay((86_380 + at) % 86_400))}.00`],
    ['the hour of each row in digits', 'MESS_DATUM', (at) => dateOf(at * 3_600_000, 10)],
    ['its second', 'p', (at) => dateOf(at * 1000, 14)],
  ];
  for (const [what, head, clock] of kinds) {
    it(`${what}: no feature, with and without a model`, async () => {
      for (const options of [{}, model(2)]) {
        const { features, instances } = await readText(table(head, clock), options);
        assert.deepEqual([features, instances.length, instances[0]!.length], [['u', 'v'], 1, 80]);
      }
      // Under a name of times it is none either where the model takes three.
      const three = await readText(table(head, clock), model(3)).catch((error: Refusal) => error);
      if (three instanceof Error) assert.equal(three.code, 'ask-odd-feature');
      else assert.deepEqual(three.features, ['u', 'v']);
      const all = await readText(table(head, clock), { ...model(3), features: [head, 'u', 'v'] });
      assert.equal(all.features.length, 3);
    });
  }

  it('a signal that only looks like one stays a feature', async () => {
    const signals: readonly ((at: number) => unknown)[] = [
      // Teeth of a saw: whole numbers with another range, fractions, or a range that changes.
      (at) => (7 + at) % 23,
      (at) => (((5 + at) % 16) / 4).toFixed(2),
      (at) => (at < 40 ? (5 + at) % 16 : at % 19),
      // Digits that are a time of day in part of the rows, and dates in no order.
      (at) => (at * 479_909) % 1_000_000,
      (at) => dateOf(((at * 37) % 80) * 86_400_000, 8),
    ];
    for (const [at, signal] of signals.entries()) {
      const { features } = await readText(table('w', signal));
      assert.deepEqual(features, ['w', 'u', 'v'], String(at));
    }
  });

  it('whatever its bits, its start and its step', async () => {
    const counter = fc.record({
      bits: fc.integer({ min: 5, max: 32 }),
      from: fc.integer({ min: 1, max: 9 }),
      step: fc.integer({ min: 1, max: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(counter, async ({ bits, from, step }) => {
        const range = 2 ** bits;
        const text = table('n', (at) => (range - from * step + at * step) % range, 90);
        assert.deepEqual((await readText(text)).features, ['u', 'v']);
      }),
      { numRuns: 60 },
    );
  });
});
