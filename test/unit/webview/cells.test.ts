import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import { profile } from '../../../src/attribution/profile.ts';
import { Ranking } from '../../../src/attribution/ranking.ts';
import { zoneAt } from '../../../src/padding/zoneRuns.ts';
import { cellFacts } from '../../../webview/map/cell.ts';
import { moved } from '../../../webview/map/move.ts';
import { boundaries, paddingRuns } from '../../../webview/map/runs.ts';

describe('Ranking', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constant(Number.NaN)), {
    minLength: 1,
    maxLength: 60,
  });

  it('counts the stronger values, sign aside', () => {
    fc.assert(
      fc.property(values, (list) => {
        const ranking = new Ranking(Float32Array.from(list));
        for (const value of list) {
          const stronger = list.filter((other) => Math.abs(other) > Math.abs(value)).length;
          assert.equal(ranking.rank(value), Number.isNaN(value) ? null : stronger + 1);
        }
        const some = list.slice(0, 7);
        assert.deepEqual(
          ranking.ranks(some),
          some.map((value) => ranking.rank(value)),
        );
      }),
    );
  });

  it('lists the strongest first, equals by place, zeros not at all', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 70 }), (list, count) => {
        const expected = [...list.keys()]
          .filter((i) => Math.abs(list[i]!) > 0)
          .sort((a, b) => Math.abs(list[b]!) - Math.abs(list[a]!) || a - b)
          .slice(0, count);
        assert.deepEqual(new Ranking(Float32Array.from(list)).strongest(count), expected);
      }),
    );
  });
});

describe('Padding runs', () => {
  it('cover the padding exactly, told apart by whether anything real is read', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('REAL', 'MIXED', 'EMPTY'), { minLength: 1, maxLength: 40 }),
        (zones) => {
          const mask = Uint8Array.from(zones, (zone) => (zone === 'REAL' ? 1 : 0));
          const runs = zones.map((zone, from) => ({ zone: zone as 'REAL', from, to: from + 1 }));
          const covered = zones.map(() => 'REAL');
          for (const { from, to, empty } of paddingRuns(mask, runs))
            covered.fill(empty ? 'EMPTY' : 'MIXED', from, to);
          assert.deepEqual(covered, zones);
          const edges = zones.flatMap((zone, i) =>
            i > 0 && (zone === 'REAL') !== (zones[i - 1] === 'REAL') ? [i] : [],
          );
          assert.deepEqual(boundaries(mask), edges);
        },
      ),
    );
  });

  it('zoneAt names the run a step lies in', () => {
    const runs = [
      { zone: 'REAL', from: 0, to: 28 },
      { zone: 'EMPTY', from: 28, to: 131 },
    ] as const;
    assert.deepEqual([zoneAt(runs, 27), zoneAt(runs, 28), zoneAt(runs, 131)], ['REAL', 'EMPTY', null]);
  });
});

describe('Walking the cells', () => {
  const grid = { rows: 30, columns: 131, page: 65 };
  const from = { step: 10, feature: 5 };

  it('goes where the keys say', () => {
    const to = (key: string, far = false) => moved(from, key, far, grid);
    assert.deepEqual(to('ArrowRight'), { step: 11, feature: 5 });
    assert.deepEqual(to('ArrowLeft', true), { step: 0, feature: 5 });
    assert.deepEqual(to('ArrowDown', true), { step: 10, feature: 15 });
    assert.deepEqual(to('ArrowUp'), { step: 10, feature: 4 });
    assert.deepEqual(to('Home'), { step: 0, feature: 5 });
    assert.deepEqual(to('End'), { step: 130, feature: 5 });
    assert.deepEqual(to('PageDown'), { step: 75, feature: 5 });
    assert.deepEqual(to('PageUp'), { step: 0, feature: 5 });
    assert.equal(to('x'), null);
  });

  it('never leaves the map', () => {
    const keys = fc.constantFrom(
      'ArrowLeft',
      'ArrowRight',
      'ArrowUp',
      'ArrowDown',
      'PageUp',
      'PageDown',
      'Home',
      'End',
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, fc.boolean())), (presses) => {
        let cell = { step: 3, feature: 2 as number | null };
        for (const [key, far] of presses) cell = moved(cell, key, far, grid)!;
        assert.ok(cell.step >= 0 && cell.step < 131 && cell.feature! >= 0 && cell.feature! < 30);
      }),
    );
  });

  it('knows no features on a time map', () => {
    assert.deepEqual(moved({ step: 3, feature: null }, 'ArrowDown', false, { ...grid, rows: 1 }), {
      step: 3,
      feature: null,
    });
  });
});

describe('The facts of a cell', () => {
  const explanation = {
    map: { values: Float32Array.of(0.25, -2, 1, 3), rows: 2, columns: 2 },
    signals: {
      features: ['pelvis', 'knee'],
      input: Float32Array.of(0.5, 0, -1, 0),
      raw: Float32Array.of(45, Number.NaN, 30, Number.NaN),
    },
    instance: { lines: Int32Array.of(19, 0) },
    padding: { mask: Uint8Array.of(1, 0) },
    zones: [
      { zone: 'REAL', from: 0, to: 1 },
      { zone: 'MIXED', from: 1, to: 2 },
    ],
  } as unknown as Explanation;
  const facts = (step: number, feature: number | null) =>
    cellFacts(explanation, profile(explanation.map), new Ranking(explanation.map.values), { step, feature });

  it('are those of its feature, step and line', () => {
    assert.deepEqual(facts(0, 1), {
      feature: 'knee',
      step: 0,
      time: null,
      raw: 30,
      input: -1,
      attribution: 1,
      isMean: false,
      rank: { rank: 3, of: 4 },
      zone: 'REAL',
      real: true,
      line: 19,
    });
  });

  it('on padding have no raw value and no line', () => {
    const padded = facts(1, 0);
    assert.deepEqual([padded.raw, padded.line, padded.real, padded.zone], [null, null, false, 'MIXED']);
    assert.deepEqual(padded.rank, { rank: 2, of: 4 });
  });

  it('without a feature are the mean, which has no rank', () => {
    const mean = facts(0, null);
    assert.deepEqual([mean.attribution, mean.isMean, mean.rank, mean.feature], [0.625, true, null, null]);
  });
});
