import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { readText, rowsOf } from '../data/reading.ts';

const T = 40;
const value = (of: number, step: number): string => ((((of * 31 + step) * 37) % 101) / 10 + 0.03).toFixed(2);
const series = (of: number): string[] => Array.from({ length: T }, (_, step) => value(of, step));
const one = (steps: number | null): DataOptions => ({ input: { layout: 'NFT', features: 1, steps } });
const words = [...'abbaabab'];

describe('reading: times with decimals as names of the steps', () => {
  const kinds: readonly (readonly [string, (step: number) => string])[] = [
    ['0.00, 0.05', (step) => (step * 0.05).toFixed(2)],
    ['1.5, 2.5', (step) => (step + 1.5).toFixed(1)],
    ['0.00s, 0.25s', (step) => `${(step * 0.25).toFixed(2)}s`],
    ['t_0.0, t_0.1', (step) => `t_${(step * 0.1).toFixed(1)}`],
    ['time=0.00', (step) => `time=${(step * 0.02).toFixed(2)}`],
  ];
  for (const [what, name] of kinds) {
    it(`${what}: series of one feature, not cut at the point`, async () => {
      const head = Array.from({ length: T }, (_, step) => name(step));
      const rows = words.map((word, of) => [...series(of), word].join());
      const text = `${[[...head, 'class'].join(), ...rows].join('\n')}\n`;
      for (const options of [{}, one(null), one(T)]) {
        const { instances } = await readText(text, options);
        assert.deepEqual(
          instances.map((instance) => [rowsOf(instance), instance.label]),
          words.map((word, of) => [[series(of).map(Number)], word]),
        );
      }
    });
  }

  it('a feature and a step parted by a point stay windows of several features', async () => {
    const head = ['ax', 'ay'].flatMap((feature) =>
      Array.from({ length: 20 }, (_, step) => `${feature}1.${step}`),
    );
    const text = `${[head.join(), ...words.map((_, of) => series(of).join())].join('\n')}\n`;
    const { features, instances } = await readText(text);
    assert.deepEqual([features.length, instances.length, instances[0]!.length], [2, words.length, 20]);
  });
});
