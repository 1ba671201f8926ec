import assert from 'node:assert/strict';
import fc from 'fast-check';
import { columnAt, edgeAt, rowAt, xOf } from '../../../webview/map/hit.ts';
import {
  asZoom,
  everything,
  fromZoom,
  isEverything,
  panned,
  showing,
  zoomed,
} from '../../../webview/map/visible.ts';

const columns = fc.integer({ min: 1, max: 20_000 });
const visibleOf = (count: number) =>
  fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 1, noNaN: true }))
    .map(([place, share]) =>
      fromZoom([place * count * (1 - share), place * count * (1 - share) + share * count], count),
    );
const cases = columns.chain((count) => fc.tuple(fc.constant(count), visibleOf(count)));

describe('The visible steps', () => {
  it('never leave the data and never vanish', () => {
    const number = fc.double({ min: -1e5, max: 1e5, noNaN: true });
    const factor = fc.double({ min: 0.001, max: 1000, noNaN: true });
    fc.assert(
      fc.property(cases, number, factor, ([count, visible], by, times) => {
        for (const next of [panned(visible, count, by), zoomed(visible, count, by, times)]) {
          assert.ok(next.from >= 0 && next.to <= count + 1e-6);
          assert.ok(next.to - next.from >= Math.min(count, 4) - 1e-6);
        }
      }),
    );
  });

  it('keep the step under the pointer while zooming in', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 1, noNaN: true }), ([count, visible], share) => {
        const at = visible.from + share * (visible.to - visible.from);
        const next = zoomed(visible, count, at, 0.8);
        const nextShare = (at - next.from) / (next.to - next.from);
        assert.ok(Math.abs(nextShare - share) < 1e-6);
      }),
    );
  });

  it('come back to everything', () => {
    fc.assert(
      fc.property(cases, ([count, visible]) => {
        assert.ok(isEverything(zoomed(visible, count, visible.from, 1e9), count));
        assert.deepEqual(fromZoom(asZoom(everything(count), count), count), everything(count));
      }),
    );
  });

  it('follow a cell that is walked out of sight', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 0.999, noNaN: true }), ([count, visible], share) => {
        const column = Math.floor(share * count);
        const next = showing(visible, count, column);
        assert.ok(next.from <= column + 1e-6 && (next.to >= column + 1 - 1e-6 || next.to - next.from < 1));
      }),
    );
  });

  it('ignore a remembered zoom that makes no sense', () => {
    for (const zoom of [null, [5, 5], [9, 2], [Number.NaN, 3]] as const) {
      assert.deepEqual(fromZoom(zoom as [number, number] | null, 10), { from: 0, to: 10 });
    }
    assert.deepEqual(fromZoom([200, 300], 131), { from: 31, to: 131 });
  });
});

describe('The cell under the pointer', () => {
  const span = { left: 58, width: 700 };

  it('is the one whose edges lie around it', () => {
    fc.assert(
      fc.property(cases, fc.double({ min: 0, max: 0.9999, noNaN: true }), ([count, visible], share) => {
        const x = span.left + share * span.width;
        const column = columnAt(x, span, visible, count);
        if (column === null) return assert.ok(edgeAt(x, span, visible) >= count);
        assert.ok(xOf(column, span, visible) <= x + 1e-6 && xOf(column + 1, span, visible) >= x - 1e-6);
      }),
    );
  });

  it('is nothing beside the plot', () => {
    const all = everything(10);
    assert.equal(columnAt(57.9, span, all, 10), null);
    assert.equal(columnAt(758, span, all, 10), null);
    assert.equal(columnAt(58, span, all, 10), 0);
    assert.equal(columnAt(757.9, span, all, 10), 9);
    assert.deepEqual(
      [rowAt(9, 10, 30, 3), rowAt(10, 10, 30, 3), rowAt(39.9, 10, 30, 3), rowAt(40, 10, 30, 3)],
      [null, 0, 2, null],
    );
  });
});
