import assert from 'node:assert/strict';
import { instancesCsv } from '../../../src/export/overview/csv.ts';
import type { Overview } from '../../../src/overview/overview.ts';

describe('The table of very many instances', () => {
  it('comes in pieces of some rows each, every instance once and in its order', () => {
    const count = 1300;
    const instances = Array.from({ length: count }, (_, index) => ({
      ...{ id: `i${index}`, index, length: 3, label: 'a', predicted: 0, probability: 0.5, correct: true },
      ...{ zones: null, paddedPositions: 0, level: 1 },
    }));
    const outliers = [{ instance: 1299, reasons: [{ kind: 'zero-map', sentence: 'Zero.' }] }];
    const overview = {
      ...{ instances, outliers, features: ['x', 'y'], classes: ['a'] },
      importance: Float32Array.from({ length: 2 * count }, (_, at) => 1 + (at % 4)),
    } as unknown as Overview;
    const pieces = [...instancesCsv(overview)];
    assert.ok(pieces.length > 3);
    assert.ok(pieces.every((piece) => piece.endsWith('\n') && piece.split('\n').length <= 600));
    const rows = pieces.join('').trimEnd().split('\n');
    assert.equal(rows.length, 1 + count);
    assert.match(rows[0]!, /^case,index,.*importance_x,importance_y,share_x,share_y$/);
    for (const [at, row] of rows.slice(1).entries())
      assert.ok(row.startsWith(`i${at},${at},a,a,0.5,true,3,`));
    assert.match(rows.at(-1)!, /,zero-map,Zero\.,3,4,/);
  });
});
