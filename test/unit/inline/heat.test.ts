import assert from 'node:assert/strict';
import fc from 'fast-check';
import { colourTable } from '../../../src/raster/colourTable.ts';
import { heatOf } from '../../../src/views/inline/heat.ts';
import { colourOf, LEVELS, levelOf, strengthOf } from '../../../src/views/inline/level.ts';
import { cellMarks, featureOfColumn, rowMarks } from '../../../src/views/inline/marks.ts';
import { RowLines } from '../../../src/views/inline/rowLines.ts';
import { explained } from './scene.ts';

describe('The level of a value', () => {
  it('rises with it, is 0 for nothing only, and keeps the sign', () => {
    const value = fc.float({ min: -8, max: 8, noNaN: true });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const [x, y] = [levelOf(a, 8, true), levelOf(b, 8, true)];
        assert.equal(Math.sign(x), Math.sign(a) + 0);
        assert.ok(Math.abs(x) <= LEVELS / 2);
        if (a < b) assert.ok(x <= y);
      }),
    );
    assert.equal(levelOf(3, 3, false), LEVELS);
    assert.equal(levelOf(Number.NaN, 3, false), 0);
    assert.equal(levelOf(0, 0, false), 0);
  });

  it('has the colour the panel gives it', () => {
    for (const signed of [false, true]) {
      for (const ground of ['dark', 'light'] as const) {
        const table = colourTable(signed, ground);
        for (const level of signed ? [-8, 8] : [LEVELS]) {
          const pixel = table[level < 0 ? 0 : 255]!;
          const rgb = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255].join(', ');
          assert.equal(colourOf(level, signed, ground), rgb);
          assert.equal(strengthOf(level, signed), 1);
        }
      }
    }
  });
});

describe('The heat of the rows', () => {
  it('is the mean over features, on the scale of the whole instance, padding included', () => {
    const heat = heatOf(
      explained({
        map: [
          [1, 4, 0, 8],
          [1, 0, 0, 8],
        ],
        mask: [1, 1, 1, 0],
      }),
    );
    assert.deepEqual([...heat.levels], [2, 4, 0, LEVELS]);
    assert.equal(heat.stepRange.high, 8);
    const rows = new RowLines(heat.explanation.instance.lines);
    assert.deepEqual(
      rowMarks(heat, rows.between(0, 99)).map(({ line, level }) => [line, level]),
      [
        [1, 2],
        [2, 4],
      ],
    );
  });

  it('tells rows of padding that stand in the file', () => {
    const heat = heatOf(explained({ map: [[1, 2]], mask: [1, 0], lines: [5, 6] }));
    const marks = rowMarks(heat, new RowLines(heat.explanation.instance.lines).between(0, 99));
    assert.deepEqual(
      marks.map(({ padded }) => padded),
      [false, true],
    );
  });

  it('is that of no row where one line holds everything', () => {
    assert.equal(heatOf(explained({ map: [[1, 2, 3]], lines: [4, 4, 4] })).singleLine, 4);
    assert.equal(heatOf(explained({ map: [[1, 2, 3]], lines: [4, 5, 6] })).singleLine, null);
  });
});

describe('The heat of the cells', () => {
  const heat = heatOf(
    explained({
      map: [
        [8, 1, 0],
        [2, 0, 4],
      ],
      features: ['x', 'y'],
    }),
  );
  const rows = new RowLines(heat.explanation.instance.lines).between(0, 99);
  const text = ['t,y,label,x', '0,11,up,22', '1,33,up,44', '2,55,up,66'];
  const columns = featureOfColumn(heat, ['y', 'x'], { delimiter: ',', columns: [1, 3] });
  const marks = (most: number) => cellMarks(heat, rows, (line) => text[line]!, ',', columns, most);
  const cells = (most: number) =>
    marks(most).map(({ line, from, to, level }) => `${text[line]!.slice(from, to)}:${level}`);

  it('goes to the cell of the feature, whatever the order of the columns', () => {
    assert.deepEqual(cells(100).sort(), ['11:4', '22:16', '44:2', '55:8']);
  });

  it('leaves out the weakest levels where there are too many', () => {
    assert.deepEqual(cells(2), ['22:16', '55:8']);
    assert.deepEqual(cells(0), []);
  });
});
