import assert from 'node:assert/strict';
import type { StepTimes } from '../../../src/attribution/explanation.ts';
import { TimeScale } from '../../../src/attribution/timeScale.ts';

const scale = (values: readonly number[], rest: Partial<StepTimes> = {}) =>
  new TimeScale({ name: 't', kind: 'number', values: Float64Array.from(values), ...rest });
const told = (made: TimeScale, from: number, to: number, most: number) =>
  made.ticks(from, to, most).map(({ value, label }) => [Math.round(value * 1000) / 1000, label]);

describe('The time axis', () => {
  it('puts round times where they are, and none on padding', () => {
    const at50 = scale([...Array.from({ length: 51 }, (_, i) => i * 0.02), NaN, NaN], { unit: 's' });
    assert.deepEqual(told(at50, 0, 51, 5), [
      [0, '0.0'],
      [10, '0.2'],
      [20, '0.4'],
      [30, '0.6'],
      [40, '0.8'],
      [50, '1.0'],
    ]);
    assert.deepEqual(told(at50, 51, 53, 5), []);
    assert.equal(at50.at(17), '0.34 s');
    assert.equal(at50.between(0, 50), '0–1 s');
    assert.equal(at50.at(51), null);
    assert.equal(at50.uneven, null);
  });

  it('says uneven steps, and ticks stand unevenly with them', () => {
    const made = scale([0, 1, 2, 3, 10, 20, 30, 40], { unit: 'ms' });
    assert.equal(made.uneven, '1 to 10 ms');
    assert.deepEqual(told(made, 0, 8, 8), [
      [0, '0'],
      [3.286, '5'],
      [4, '10'],
      [5, '20'],
      [6, '30'],
      [7, '40'],
    ]);
  });

  it('counts long numbers from the start', () => {
    const made = scale([1700000000, 1700000000.5, 1700000001], { name: 'timestamp', unit: 's' });
    assert.equal(made.title, 'timestamp, from 1700000000 s');
    assert.deepEqual(told(made, 0, 3, 3), [
      [0, '+0.0'],
      [1, '+0.5'],
      [2, '+1.0'],
    ]);
    assert.equal(made.at(1), '+0.5 s');
  });

  it('writes dates and clocks as such', () => {
    const start = Date.UTC(2024, 1, 28, 22);
    const hours = scale(
      Array.from({ length: 8 }, (_, i) => start + i * 3_600_000),
      { kind: 'date' },
    );
    assert.deepEqual(told(hours, 0, 8, 4), [
      [0, '22:00'],
      [2, '00:00'],
      [4, '02:00'],
      [6, '04:00'],
    ]);
    assert.equal(hours.at(2), '2024-02-29 00:00:00');
    const months = scale(
      Array.from({ length: 366 }, (_, i) => Date.UTC(2024, 0, 1 + i)),
      { kind: 'date' },
    );
    assert.deepEqual(
      told(months, 0, 366, 4).map(([, label]) => label),
      ['2024-01', '2024-04', '2024-07', '2024-10'],
    );
    assert.deepEqual(
      told(scale([3590, 3600, 3610], { kind: 'clock' }), 0, 3, 3).map(([, label]) => label),
      ['0:59:50', '1:00:00', '1:00:10'],
    );
  });

  it('keeps still where times repeat or there is one only', () => {
    assert.deepEqual(told(scale([5, 5, 5]), 0, 3, 4), [[2, '5']]);
    assert.deepEqual(told(scale([7]), 0, 1, 4), [[0, '7']]);
    assert.deepEqual(told(scale([NaN, NaN]), 0, 2, 4), []);
  });
});
