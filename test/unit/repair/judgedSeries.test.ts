import assert from 'node:assert/strict';
import { judgedSeries } from '../../../src/engine/repair/judgedSeries.ts';
import type { LabelledCase } from '../../../src/engine/repair/labelledCase.ts';
import { createRandom } from '../../../src/random.ts';

describe('the series that a repair is judged on', () => {
  const random = createRandom(4);
  const all = Array.from(
    { length: 60 },
    (_, index): LabelledCase => ({
      ...{ id: `${index}`, index, length: 8, label: index % 2, mask: new Uint8Array(8).fill(1) },
      x: Float32Array.from({ length: 16 }, () => random.normal()),
    }),
  );

  it('are none of those that were drawn from a file to learn from; the others of it are', () => {
    const said = (of: number) => {
      const train = { cases: all.slice(0, 20), file: '/a/big.npz', of };
      const { cases, notes } = judgedSeries({ all, data: '/a/part.npz' }, train, ['left', 'right']);
      return [cases.length, notes[0]];
    };
    const out = 'were left out: a repair is not judged on what it has learnt from.';
    assert.deepEqual(said(20), [40, `20 of the 60 series of part.npz stand in big.npz, too, and ${out}`]);
    const drawn = `20 of the 60 series of part.npz stand among the 20 series drawn from big.npz, too, and ${out}`;
    assert.deepEqual(said(17_000), [40, drawn]);
  });
});
