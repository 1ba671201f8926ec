import assert from 'node:assert/strict';
import fc from 'fast-check';
import { colourTable } from '../../../src/raster/colourTable.ts';
import { pool, poolingFor, strongestInBlock } from '../../../src/raster/pool.ts';
import { paint } from '../../../webview/raster/paint.ts';

const value = fc.oneof(
  { weight: 9, arbitrary: fc.float({ noDefaultInfinity: true, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);

/** A raster, a pooling and a stretch of columns that begins at a block's edge. */
const cases = fc
  .record({ rows: fc.integer({ min: 1, max: 7 }), columns: fc.integer({ min: 1, max: 23 }) })
  .chain(({ rows, columns }) =>
    fc.record({
      map: fc
        .array(value, { minLength: rows * columns, maxLength: rows * columns })
        .map((values) => ({ values: Float32Array.from(values), rows, columns })),
      by: fc.record({ rows: fc.integer({ min: 1, max: 3 }), columns: fc.integer({ min: 1, max: 5 }) }),
      firstBlock: fc.integer({ min: 0, max: 3 }),
      keep: fc.option(fc.uint8Array({ max: 1, minLength: columns, maxLength: columns })),
    }),
  );

describe('Pooling', () => {
  it('keeps the value of largest magnitude of every block, with its sign', () => {
    fc.assert(
      fc.property(cases, ({ map, by, firstBlock, keep }) => {
        const from = Math.min(
          firstBlock * by.columns,
          Math.floor((map.columns - 1) / by.columns) * by.columns,
        );
        const pooled = pool(map, from, map.columns, by, keep);
        for (let row = 0; row < pooled.rows; row++) {
          for (let column = 0; column < pooled.columns; column++) {
            const block: number[] = [];
            for (let r = row * by.rows; r < Math.min(map.rows, (row + 1) * by.rows); r++) {
              for (
                let c = from + column * by.columns;
                c < Math.min(map.columns, from + (column + 1) * by.columns);
                c++
              ) {
                const cell = map.values[r * map.columns + c]!;
                if (!Number.isNaN(cell) && keep?.[c] !== 0) block.push(cell);
              }
            }
            const got = pooled.values[row * pooled.columns + column]!;
            if (!block.length) assert.ok(Number.isNaN(got));
            else {
              assert.ok(block.includes(got));
              assert.equal(Math.abs(got), Math.max(...block.map(Math.abs)));
            }
          }
        }
      }),
    );
  });

  it('leaves a raster that fits as it is', () => {
    const map = { values: Float32Array.of(1, -2, 3, -4, 5, -6), rows: 2, columns: 3 };
    assert.deepEqual(pool(map, 0, 3, { rows: 1, columns: 1 }, null), map);
  });

  it('never leaves more cells than pixels', () => {
    const count = fc.integer({ min: 1, max: 100_000 });
    fc.assert(
      fc.property(count, count, count, count, (columns, rows, width, height) => {
        const by = poolingFor({ columns, rows }, { width, height });
        assert.ok(Math.ceil(columns / by.columns) <= width && Math.ceil(rows / by.rows) <= height);
        assert.ok(by.columns === 1 || columns > width);
      }),
    );
  });

  it('leads back to the cell it shows', () => {
    fc.assert(
      fc.property(cases, ({ map, by }) => {
        const pooled = pool(map, 0, map.columns, by, null);
        for (let i = 0; i < pooled.values.length; i++) {
          const block = {
            row: Math.floor(i / pooled.columns) * by.rows,
            column: (i % pooled.columns) * by.columns,
          };
          const { row, column } = strongestInBlock(map, block, by);
          const [shown, found] = [pooled.values[i]!, map.values[row * map.columns + column]!];
          assert.ok(Number.isNaN(shown) || Math.abs(found) === Math.abs(shown));
        }
      }),
    );
  });
});

describe('Painting', () => {
  const table = colourTable(false, 'dark');
  const painted = (values: number[], range = { low: 0, high: 2 }) => {
    const pixels = new Uint32Array(values.length);
    paint(Float32Array.from(values), range, table, pixels);
    return [...pixels];
  };

  it('spreads the table over the range', () => {
    assert.deepEqual(painted([0, 2, 1]), [table[0], table[255], table[128]]);
  });

  it('draws what lies beyond in the end colours and nothing for not-a-number', () => {
    assert.deepEqual(painted([-1, 5, Number.NaN]), [table[0], table[255], 0]);
    assert.deepEqual(painted([Number.POSITIVE_INFINITY]), [table[255]]);
  });

  it('does not divide by an empty range', () => {
    assert.deepEqual(painted([0, 0], { low: 0, high: 0 }), [table[0], table[0]]);
  });
});
