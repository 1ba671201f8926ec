import assert from 'node:assert/strict';
import { type CellStanding, cellsOf, textOf } from '../../../src/views/selection/cellSelection.ts';

/** Two features in the columns 1 and 3, five rows from line 2 on; the model takes them in the other order. */
const rows = ['t,ax,note,ay', '0,1.5,"a,b",-2', '1,2,,3', '2,4,x,5', '3,6,y,77', '4,8,z,9'];
const standing: CellStanding = {
  lines: Int32Array.of(2, 3, 4, 5, 6, 0, 0),
  features: ['ay', 'ax'],
  cells: { delimiter: ',', columns: [1, 3], names: ['ax', 'ay'] },
  text: (line) => rows[line] ?? '',
};
const place = (line: number, character: number) => ({ line, character });
const texts = (ranges: ReturnType<typeof textOf>) =>
  ranges.map(({ start, end }) =>
    start.line === end.line
      ? rows[start.line]!.slice(start.character, end.character)
      : [start.line, end.line],
  );

describe('A selection in the map, in the text', () => {
  it('is whole rows where all features are meant', () => {
    assert.deepEqual(textOf({ from: 1, to: 4, features: null }, standing), [
      { start: place(2, 0), end: place(4, 8) },
    ]);
    assert.deepEqual(texts(textOf({ from: 1, to: 3, features: [0, 1] }, standing)), [[2, 3]]);
  });

  it('is cells where features are, in the columns of the file', () => {
    assert.deepEqual(texts(textOf({ from: 0, to: 2, features: [0] }, standing)), ['-2', '3']);
    assert.deepEqual(texts(textOf({ from: 0, to: 1, features: [1] }, standing)), ['1.5']);
  });

  it('is nothing where no step has a row, and rows where no cell is known', () => {
    assert.deepEqual(textOf({ from: 5, to: 7, features: null }, standing), []);
    assert.deepEqual(texts(textOf({ from: 0, to: 1, features: [1] }, { ...standing, cells: undefined })), [
      rows[1],
    ]);
  });

  it('is rows where cells would be too many for an editor', () => {
    const lines = Int32Array.from({ length: 1500 }, (_, i) => i + 1);
    const ranges = textOf(
      { from: 0, to: 1500, features: [0] },
      { ...standing, lines, text: () => '0,1,2,3' },
    );
    assert.deepEqual(ranges, [{ start: place(0, 0), end: place(1499, 7) }]);
  });
});

describe('A selection in the text, in the map', () => {
  const select = (...ranges: [number, number, number, number][]) =>
    cellsOf(
      ranges.map(([a, b, c, d]) => ({ start: place(a, b), end: place(c, d) })),
      standing,
    );

  it('is the steps of its rows', () => {
    assert.deepEqual(select([1, 0, 3, 2]), { from: 0, to: 3, features: null });
    assert.equal(select([0, 0, 0, 3]), null);
  });

  it('is the features of its cells, and the one the caret is in', () => {
    assert.deepEqual(select([3, 6, 3, 7], [4, 6, 4, 8]), { from: 2, to: 4, features: [0] });
    assert.deepEqual(select([2, 3, 2, 3]), { from: 1, to: 2, features: [1] });
    assert.deepEqual(select([2, 0, 2, 0]), { from: 1, to: 2, features: null });
    assert.deepEqual(select([2, 2, 2, 6]), { from: 1, to: 2, features: null }, 'both are all');
  });

  it('comes back as it went', () => {
    for (const features of [[0], [1], null]) {
      const there = { from: 1, to: 4, features };
      assert.deepEqual(cellsOf(textOf(there, standing), standing), there);
    }
  });
});
