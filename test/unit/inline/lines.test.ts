import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ghostPlace } from '../../../src/views/inline/ghostPlace.ts';
import { overviewRuns } from '../../../src/views/inline/overview.ts';
import { RowLines } from '../../../src/views/inline/rowLines.ts';

const all = (rows: RowLines) => rows.between(0, Number.POSITIVE_INFINITY);
const linesOf = (rows: RowLines) => all(rows).map(({ line }) => line);

/** Replaces a stretch of the text as an editor does. */
function edited(lines: readonly string[], from: [number, number], to: [number, number], text: string) {
  const before = [...lines.slice(0, from[0]), lines[from[0]]!.slice(0, from[1])].join('\n');
  const after = [lines[to[0]]!.slice(to[1]), ...lines.slice(to[0] + 1)].join('\n');
  return `${before}${text}${after}`.split('\n');
}

describe('The rows of an instance in an edited text', () => {
  const rows = () => new RowLines(Int32Array.of(2, 3, 4, 5, 0, 0));
  const at = (line: number, character = 0) => ({ line, character });

  it('stand on their lines, in the order of the lines whatever that of the steps', () => {
    const scattered = new RowLines(Int32Array.of(9, 2, 0, 5));
    assert.deepEqual(all(scattered), [
      { line: 1, step: 1 },
      { line: 4, step: 3 },
      { line: 8, step: 0 },
    ]);
    assert.deepEqual(scattered.between(2, 5), [{ line: 4, step: 3 }]);
    assert.equal(scattered.at(3), undefined);
  });

  it('stay when somebody types within a line', () => {
    const typed = rows();
    typed.edit({ start: at(2, 3), end: at(2, 5), breaks: 0 });
    assert.deepEqual(linesOf(typed), [1, 2, 3, 4]);
  });

  it('move when a line is put in or taken out above', () => {
    const moved = rows();
    moved.edit({ start: at(2), end: at(2), breaks: 1 });
    assert.deepEqual(linesOf(moved), [1, 3, 4, 5]);
    moved.edit({ start: at(0), end: at(1), breaks: 0 });
    assert.deepEqual(linesOf(moved), [0, 2, 3, 4]);
  });

  it('are gone with their text, and only they', () => {
    const cut = rows();
    cut.edit({ start: at(2), end: at(4), breaks: 0 });
    assert.deepEqual(all(cut), [
      { line: 1, step: 0 },
      { line: 2, step: 3 },
    ]);
  });

  it('keep one of two that are joined', () => {
    const joined = rows();
    joined.edit({ start: at(2, 7), end: at(3, 0), breaks: 0 });
    assert.deepEqual(all(joined), [
      { line: 1, step: 0 },
      { line: 2, step: 1 },
      { line: 3, step: 3 },
    ]);
  });

  it('follow any edit that leaves their text alone', () => {
    const text = fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 3, maxLength: 12 });
    const inserted = fc.constantFrom('', 'x', '\n', 'x\n', 'a\nb', '\n\n', 'a\nb\n');
    const place = fc.tuple(fc.nat(), fc.nat());
    fc.assert(
      fc.property(text, place, place, inserted, (numbers, a, b, put) => {
        const before = numbers.map((n, i) => `row${i};${n}`);
        const [from, to] = [a, b]
          .map(([l, c]): [number, number] => {
            const line = l % before.length;
            return [line, c % (before[line]!.length + 1)];
          })
          .sort((p, q) => p[0] - q[0] || p[1] - q[1]) as [[number, number], [number, number]];
        const after = edited(before, from, to, put);
        const moved = new RowLines(Int32Array.from(before, (_, i) => i + 1));
        moved.edit({ start: at(...from), end: at(...to), breaks: put.split('\n').length - 1 });
        const found = all(moved);
        const lines = linesOf(moved);
        assert.equal(new Set(lines).size, lines.length, 'two rows on one line');
        assert.ok(lines.every((line) => line >= 0 && line < after.length));
        for (const [step, row] of before.entries()) {
          const isWhole =
            step < from[0] || step > to[0] || (step === to[0] && to[1] === 0 && put.endsWith('\n'));
          if (!isWhole) continue;
          const there = found.find((each) => each.step === step);
          assert.equal(there && after[there.line], row);
        }
      }),
    );
  });
});

describe('The runs of the overview ruler', () => {
  it('are exact where there is room', () => {
    assert.deepEqual(overviewRuns([3, 4, 5, 9], [2, 2, 7, 7], 100), [
      { from: 3, to: 4, level: 2 },
      { from: 5, to: 5, level: 7 },
      { from: 9, to: 9, level: 7 },
    ]);
  });

  it('are bounded, cover every row with heat, and lose no peak', () => {
    const rows = fc.uniqueArray(fc.nat({ max: 3000 }), { maxLength: 300 });
    const shades = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 300, maxLength: 300 });
    fc.assert(
      fc.property(rows, shades, fc.integer({ min: 1, max: 400 }), (unsorted, levels, most) => {
        const lines = unsorted.sort((a, b) => a - b);
        const runs = overviewRuns(lines, levels, most);
        assert.ok(runs.length <= most);
        assert.ok(runs.every((run, i) => i === 0 || run.from > runs[i - 1]!.to));
        for (const [i, line] of lines.entries()) {
          const run = runs.find(({ from, to }) => from <= line && line <= to);
          if (levels[i] !== 0) assert.ok(run && Math.abs(run.level) >= Math.abs(levels[i]!));
        }
        for (const { level, from, to } of runs) {
          assert.ok(lines.some((line, i) => from <= line && line <= to && levels[i] === level));
        }
      }),
    );
  });
});

describe('The line about the padding', () => {
  const rows = new RowLines(Int32Array.of(2, 3, 0));
  const text = (lines: readonly string[]) => (line: number) => lines[line];

  it('takes the empty line at the end of a file', () => {
    assert.deepEqual(ghostPlace(rows, Uint8Array.of(1, 1, 0), text(['h', 'a', 'b', ''])), {
      kind: 'blank',
      line: 3,
    });
  });

  it('stands between the last row and the next instance', () => {
    const place = ghostPlace(rows, Uint8Array.of(1, 1, 0), text(['h', 'a', 'b', 'c']));
    assert.deepEqual(place, { kind: 'above', line: 3 });
  });

  it('stands behind a row that ends the file without a line break', () => {
    const place = ghostPlace(rows, Uint8Array.of(1, 1, 0), text(['h', 'a', 'b']));
    assert.deepEqual(place, { kind: 'behind', line: 2 });
  });

  it('stands above the first row where the padding is at the front', () => {
    const front = new RowLines(Int32Array.of(0, 2, 3));
    const place = ghostPlace(front, Uint8Array.of(0, 1, 1), text(['h', 'a', 'b', '']));
    assert.deepEqual(place, { kind: 'above', line: 1 });
  });

  it('is nowhere where the file has no rows', () => {
    assert.equal(ghostPlace(new RowLines(new Int32Array(3)), Uint8Array.of(1, 1, 0), text([])), null);
  });
});
