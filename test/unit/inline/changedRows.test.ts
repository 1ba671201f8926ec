import assert from 'node:assert/strict';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import { changedRows } from '../../../src/views/selection/changedRows.ts';
import { explained } from './scene.ts';

const file = ['case;t;"a;b";c', 'x;0;10,0;"5"', 'x;1;20,5;6', 'y;0;1;1', 'x;2;30,25;7'];

/** a is (raw − 20) / 10, c is raw − 6; a fourth step is padding. */
function made(input = [-1, 0.05, 1.025, 0, -1, 0, 1, 0]): Explanation {
  const base = explained({
    map: [
      [1, 2, 3, 0],
      [1, 2, 3, 0],
    ],
    mask: [1, 1, 1, 0],
    features: ['a;b', 'c'],
    lines: [2, 3, 5, 0],
  });
  const raw = Float32Array.of(10, 20.5, 30.25, Number.NaN, 5, 6, 7, Number.NaN);
  return { ...base, signals: { ...base.signals, input: Float32Array.from(input), raw } };
}

const standing = {
  lines: Int32Array.of(2, 3, 5, 0),
  features: ['a;b', 'c'],
  cells: { delimiter: ';', columns: [2, 3], names: ['a;b', 'c'] },
  text: (line: number) => file[line] ?? '',
};

const { cells: _, ...rowless } = standing;

describe('What-if as rows', () => {
  it('has the header and the rows of the instance, changed cells in the units of the file, all else as it stands', () => {
    const changed = made([-1, 0, 0.5, 0, -1, 0, 1, 3]);
    assert.deepEqual(changedRows(made(), changed, standing, [1], ','), {
      text: 'case;t;"a;b";c\nx;0;10,0;"5"\nx;1;20;6\nx;2;25;7\n',
      cells: 2,
      beside: 1,
    });
  });

  it('says where it cannot be told', () => {
    const bent = made([-1, 0.5, 1.025, 0, -1, 0, 1, 0]);
    assert.throws(
      () => changedRows(bent, made([-1, 0, 1.025, 0, -1, 0, 1, 0]), standing, [1], '.'),
      /changed values of a;b cannot be told in the units of the file/,
    );
    assert.throws(() => changedRows(made(), made(), rowless, [], '.'), /rows are steps/);
  });
});
