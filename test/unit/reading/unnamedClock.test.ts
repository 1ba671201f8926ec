import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readText, refusalOf, rowsOf } from '../data/reading.ts';

const value = (at: number): number => Number((Math.sin(at * 1.7) * 3 + Math.sin(at * 0.31)).toFixed(3));
const model: DataOptions = { input: { layout: 'NFT', features: 2, steps: null } };
/** A row each `step` microseconds, from 9:39:58. */
const clocked = (step: number, fraction: boolean): string => {
  const rows = Array.from({ length: 120 }, (_, at) => {
    const micros = (9 * 3600 + 39 * 60 + 58) * 1e6 + at * step;
    const second = Math.floor(micros / 1e6);
    const parts = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
    return [...parts, ...(fraction ? [micros % 1e6] : []), value(at), value(at * 3)].join();
  });
  return `${rows.join('\n')}\n`;
};
const right = [0, 1].map((k) => Array.from({ length: 120 }, (_, at) => value(at * (k === 0 ? 1 : 3))));

describe('reading: hour, minute, second in columns without names', () => {
  it('are the time of the rows, with and without parts of a second', async () => {
    for (const text of [clocked(39_063, true), clocked(1e6, false)]) {
      for (const options of [{}, model]) {
        const { instances } = await readText(text, options);
        assert.deepEqual(instances.map(rowsOf), [right]);
      }
    }
  });

  it('are none where they go back, and features where the model takes as many', async () => {
    const rows = clocked(1e6, false).trim().split('\n');
    const back = `${[...rows.slice(60), ...rows.slice(0, 60)].join('\n')}\n`;
    const found = await readText(back, model).catch((error: unknown) => refusalOf(Promise.reject(error)));
    assert.ok(!('instances' in found) || found.features.length !== 2);
    const all: DataOptions = { input: { layout: 'NFT', features: 5, steps: null }, time: null, label: null };
    assert.equal((await readText(clocked(1e6, false), all)).features.length, 5);
  });
});
