import assert from 'node:assert/strict';
import { planGrid } from '../../../src/overview/plan.ts';
import { columnName } from '../../../src/overview/words.ts';

describe('The grid of mean maps', () => {
  it('is one column a step and 50 parts, as long as there is room', () => {
    assert.deepEqual(planGrid({ instances: 10_000, rows: 30, longest: 131, groups: 21 }), {
      stepsPerColumn: 1,
      bins: 50,
    });
    assert.deepEqual(planGrid({ instances: 10, rows: 1, longest: 20, groups: 3 }), {
      stepsPerColumn: 1,
      bins: 20,
    });
  });

  it('takes several steps a column where there would be too many cells, and refuses beyond', () => {
    const size = { instances: 100, rows: 500, longest: 10_000, groups: 5 };
    const { stepsPerColumn } = planGrid(size);
    assert.ok(stepsPerColumn > 1);
    assert.ok(Math.ceil(size.longest / stepsPerColumn) * size.rows * size.groups * 6 <= 6e6);
    assert.throws(
      () => planGrid({ ...size, rows: 1e6 }),
      /Maps of 1000000 rows .* choose a layer with a time map/,
    );
    assert.throws(() => planGrid({ ...size, instances: 1e6 }), { code: 'too-large' });
  });

  it('names its columns', () => {
    const name = (alignment: 'start' | 'end' | 'relative', column: number, stepsPerColumn = 1) =>
      columnName({ alignment, columns: 50, stepsPerColumn }, column);
    assert.deepEqual([name('start', 3), name('start', 3, 4)], ['3', '12–15']);
    assert.deepEqual([name('end', 49), name('end', 48), name('end', 48, 4)], ['0', '−1', '−7 to −4']);
    assert.deepEqual([name('relative', 0), name('relative', 49)], ['0–2 %', '98–100 %']);
  });
});
