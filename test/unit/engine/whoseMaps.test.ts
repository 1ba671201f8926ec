import assert from 'node:assert/strict';
import type { FullHow } from '../../../src/attribution/how.ts';
import { WhoseMaps } from '../../../src/engine/overview/whoseMaps.ts';
import { refusal } from '../refusal.ts';

const how = { target: 'predicted' } as FullHow;
const classes = ['walk', 'run', 'stairs'];

describe('whose maps a cluster has made', () => {
  const targetOf = (
    told: boolean,
    rows: readonly (readonly [predicted: number, explained: number | null])[],
  ) => {
    const whose = new WhoseMaps({ told, how, classes });
    for (const [i, [predicted, explained]] of rows.entries())
      whose.add({ predicted, explained }, `a, row ${i}`);
    return whose.target;
  };

  it('is said by the maps where the class was told in every run', () => {
    for (const [rows, target] of [
      [
        [
          [0, 1],
          [1, 1],
        ],
        'run',
      ],
      [
        [
          [0, 0],
          [1, 1],
        ],
        'predicted',
      ],
      [
        [
          [0, 1],
          [1, 2],
        ],
        'the class asked for each instance',
      ],
    ] as const)
      assert.equal(targetOf(true, rows), target);
    assert.throws(
      () => targetOf(true, [[0, null]]),
      refusal('maps-wrong', /^a, row 0: .* no "explained" says/),
    );
  });

  it('is the one class that an explainer has, and maps of others are refused', () => {
    const whose = new WhoseMaps({ told: false, how: { target: 'run' } as FullHow, classes });
    whose.add({ predicted: 0, explained: 1 }, 'a, row 0');
    assert.equal(whose.target, 'run');
    assert.throws(
      () => whose.add({ predicted: 1, explained: 2 }, 'a, row 1'),
      refusal('maps-wrong', /^a, row 1: "explained" is another class than run/),
    );
  });

  it('is what the explainer says else, and maps of another class are refused', () => {
    for (const explained of [null, 1]) assert.equal(targetOf(false, [[1, explained]]), 'predicted');
    assert.throws(
      () =>
        targetOf(false, [
          [0, 0],
          [2, 1],
        ]),
      refusal('maps-wrong', /^a, row 1: "explained" is another class/),
    );
  });
});
