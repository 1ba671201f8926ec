import assert from 'node:assert/strict';
import { repairSample } from '../../../src/engine/repair/repairSample.ts';

type Given = Parameters<typeof repairSample>[0];

/** Every hundredth is of a rare class. */
function file(instances: number, steps: number | null): Given {
  const made = Array.from({ length: instances }, (_, i) => ({
    length: 1000,
    label: i % 100 === 7 ? 'rare' : i % 2 ? 'odd' : 'even',
  }));
  return {
    dataset: { instances: made },
    model: { classifier: { input: { features: 8, steps } } },
  } as unknown as Given;
}

describe('what a repair takes of a file', () => {
  it('all of it, where its series are kept in memory', () => {
    assert.deepEqual(repairSample(file(2000, 1000), 1, 'a.csv'), { positions: undefined, said: [] });
  });

  it('of more, as many of each class as it has a share in, and enough of a rare one, the same for a seed', () => {
    const given = file(6000, null);
    const { positions = [], said } = repairSample(given, 3, 'a.csv');
    const labels = positions.map((position) => given.dataset.instances[position]!.label);
    const of = (cls: string) => labels.filter((label) => label === cls).length;
    // 2^23 numbers are 1,048 series of 8,000; 3,000, 2,940 and 60 of 6,000 are of the classes.
    assert.deepEqual([of('even'), of('odd'), of('rare')], [524, 514, 20]);
    assert.equal(new Set(positions).size, 1058);
    assert.deepEqual(
      positions,
      positions.toSorted((a, b) => a - b),
    );
    assert.deepEqual(repairSample(given, 3, 'a.csv').positions, positions);
    assert.notDeepEqual(repairSample(given, 4, 'a.csv').positions, positions);
    assert.deepEqual(
      said.map(({ sentence }) => sentence),
      ['a.csv has 6,000 instances; 1,058 of them, drawn class by class with seed 3, are used.'],
    );
  });

  it('two hundred of very long series, or all of fewer', () => {
    assert.equal(repairSample(file(2000, 2 ** 20), 1, 'a.csv').positions?.length, 200 + 20 - 2);
    assert.equal(repairSample(file(200, 2 ** 20), 1, 'a.csv').positions, undefined);
  });
});
