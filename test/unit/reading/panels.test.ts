import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { ReadingQuestion } from '../../../src/data/reading/readingQuestion.ts';
import { readText } from '../data/reading.ts';

/** Rows of all devices at one time, then of all at the next. */
function panel(
  devices: number,
  times: number,
  whose: string,
  time: string,
  at: (t: number) => string,
): string {
  const rows = Array.from({ length: devices * times }, (_, row) => {
    const [t, of] = [Math.floor(row / devices), row % devices];
    const own = whose === 'ticker' ? `T${of}x` : 1000 + ((of * 7919) % devices);
    return [own, at(t), Math.sin(of + t / 3).toFixed(3), Math.cos(of * 2 + t / 4).toFixed(3)].join();
  });
  return [[whose, time, 'a', 'b'].join(), ...rows].join('\n');
}
const day = (t: number) => `2024-01-${String(t + 1).padStart(2, '0')}`;

describe('reading: a panel sorted by time', () => {
  for (const [devices, whose, time, at] of [
    [700, 'ticker', 'date', day],
    [1500, 'patient_id', 'date', day],
    [2300, 'station', 'date', day],
    [40, 'device', 'elapsed', (t: number) => (t / 2).toFixed(1)],
    [900, 'device', 'elapsed', (t: number) => (t / 2).toFixed(1)],
  ] as const) {
    it(`of ${devices} (${whose}, ${time}) is asked about or read, and each device is one of the answers`, async () => {
      const times = 12;
      const text = panel(devices, times, whose, time, at);
      const found = await readText(text).catch((error: unknown) => error);
      const read = async (options: DataOptions) => {
        const { instances, features } = await readText(text, options);
        return [instances.length, instances[0]!.length, features.join()];
      };
      if (!(found instanceof ReadingQuestion)) {
        assert.deepEqual(await read({}), [devices, times, 'a,b']);
        return;
      }
      const way = found.doubt.ways.find(({ patch }) => JSON.stringify(patch).includes(`"case":"${whose}"`));
      assert.ok(way, found.message);
      assert.deepEqual(await read(way.patch.data as DataOptions), [devices, times, 'a,b']);
    });
  }

  it('a date with a time of day in a column of its own is one recording', async () => {
    for (const [name, at] of [
      ['Time', (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}:00`],
      ['hhmm', (minute: number) => `${Math.floor(minute / 60)}.${String(minute % 60).padStart(2, '0')}.00`],
    ] as const) {
      const rows = Array.from({ length: 600 }, (_, row) =>
        [
          day(Math.floor(row / 300)),
          at(row % 300),
          Math.sin(row / 9).toFixed(3),
          Math.cos(row / 5).toFixed(3),
        ].join(),
      );
      const found = await readText([`Date,${name},a,b`, ...rows].join('\n')).catch((error: unknown) => error);
      assert.ok(!(found instanceof ReadingQuestion), `${name}: ${found}`);
    }
  });
});
