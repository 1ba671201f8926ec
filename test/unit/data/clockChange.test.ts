import assert from 'node:assert/strict';
import { readText } from './reading.ts';

const rows = (id: string, count: number, time: (step: number) => string) =>
  Array.from({ length: count }, (_, step) => `${id},${time(step)},${Math.sin(step)}\n`).join('');
const warned = async (...parts: string[]) => {
  const { findings } = await readText(`case,time,x\n${parts.join('')}`, {}, 'walk.csv');
  return findings.filter(({ code }) => code.startsWith('time-')).map(({ sentence }) => sentence);
};

describe('the clock from one case to the next', () => {
  it('that counts seconds here and milliseconds there is said, with both lines', async () => {
    const seconds = rows('a', 12, (step) => (step * 0.02).toFixed(2));
    const [said, ...more] = await warned(
      seconds,
      rows('b', 12, (step) => String(20 * step)),
    );
    assert.match(said!, /^walk\.csv: time goes on by 0\.02 at line 10 and by 20 at line 22, /);
    assert.deepEqual(more, []);
  });

  it('that runs at another rate, or has gaps, is not', async () => {
    const gap = (step: number) => String(step * 0.02 + (step > 3 ? 500 : 0));
    assert.deepEqual(
      await warned(
        rows('a', 12, gap),
        rows('b', 12, (step) => String(step)),
      ),
      [],
    );
  });

  it('that has a zone here and none there is said, with both lines', async () => {
    const at = (zone: string) => (step: number) => `2024-03-01 10:00:${String(step).padStart(2, '0')}${zone}`;
    const [said] = await warned(rows('a', 9, at('')), rows('b', 9, at('+02:00')));
    assert.match(said!, /time has a time zone at line 11 and none at line 2; what has none is taken as UTC/);
    assert.deepEqual(await warned(rows('a', 9, at('Z')), rows('b', 9, at('+02:00'))), []);
    assert.deepEqual(await warned(rows('a', 9, at('')), rows('b', 9, at(''))), []);
  });
});
