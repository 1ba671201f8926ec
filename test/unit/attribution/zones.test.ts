import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Zone, ZoneRun } from '../../../src/attribution/explanation.ts';
import type { LayerPositions } from '../../../src/attribution/layerPositions.ts';
import { zonesOf } from '../../../src/attribution/zones.ts';

interface Kernel {
  readonly steps: number;
  readonly size: number;
  readonly stride?: number;
  /** Steps of zero padding before the series. */
  readonly before: number;
  readonly count: number;
}

/** One convolution straight on the input, worked out from its definition. */
function layerOf({ steps, size, stride = 1, before, count }: Kernel): LayerPositions {
  const starts = Array.from({ length: count }, (_, p) => p * stride - before);
  const clipped = (at: number) => Math.max(0, Math.min(at, steps));
  return {
    positions: Float64Array.from(starts, (start) => start + (size - 1) / 2),
    reads: {
      from: Int32Array.from(starts, clipped),
      to: Int32Array.from(starts, (start) => clipped(start + size)),
    },
    receptiveField: { jump: stride },
  };
}

const same = (steps: number, size: number) =>
  layerOf({ steps, size, before: Math.floor((size - 1) / 2), count: steps });

function realThenPadding(length: number, steps: number): Uint8Array {
  return Uint8Array.from({ length: steps }, (_, t) => (t < length ? 1 : 0));
}

const counts = (zones: readonly Zone[]) =>
  (['REAL', 'MIXED', 'EMPTY'] as const).map((zone) => zones.filter((one) => one === zone).length);

describe('zones', () => {
  it('of a first layer with K = T = 131 and L = 28: 28 real, 65 mixed (28..92), 38 empty', () => {
    const { positions, columns } = zonesOf(same(131, 131), realThenPadding(28, 131));
    assert.deepEqual(counts(positions), [28, 65, 38]);
    assert.deepEqual(columns, [
      { zone: 'REAL', from: 0, to: 28 },
      { zone: 'MIXED', from: 28, to: 93 },
      { zone: 'EMPTY', from: 93, to: 131 },
    ]);
  });

  it('of an even kernel: 26 wide, 12 before, 13 behind, reads 12 steps back', () => {
    // Position p reads p − 12 … p + 13, so on padding p − 12 ≤ 27 is mixed: 28..39.
    const { columns } = zonesOf(same(131, 26), realThenPadding(28, 131));
    assert.deepEqual(columns, [
      { zone: 'REAL', from: 0, to: 28 },
      { zone: 'MIXED', from: 28, to: 40 },
      { zone: 'EMPTY', from: 40, to: 131 },
    ]);
  });

  it('of padding at the front: an even kernel reads 13 steps ahead', () => {
    const mask = realThenPadding(28, 131).toReversed();
    // Real steps are 103..130; p + 13 ≥ 103 is mixed: 90..102.
    assert.deepEqual(zonesOf(same(131, 26), mask).columns, [
      { zone: 'EMPTY', from: 0, to: 90 },
      { zone: 'MIXED', from: 90, to: 103 },
      { zone: 'REAL', from: 103, to: 131 },
    ]);
  });

  it('of a causal kernel: centres decide, however many positions there are', () => {
    // Position p reads p − 4 … p: of 12, those with centres 0..5 lie on the six real steps, 2 before the series.
    const causal = layerOf({ steps: 12, size: 5, before: 4, count: 12 });
    const { positions } = zonesOf(causal, realThenPadding(6, 12));
    assert.equal(positions.map((zone) => zone[0]).join(''), 'MMRRRRRRMMEE');
  });

  it('of a strided layer: centres decide', () => {
    // T = 12, K = 3, stride 4, one step of padding: centres 0, 4, 8; reads 0..1, 3..5, 7..9.
    const layer = layerOf({ steps: 12, size: 3, stride: 4, before: 1, count: 3 });
    assert.deepEqual(zonesOf(layer, realThenPadding(4, 12)), {
      positions: ['REAL', 'MIXED', 'EMPTY'],
      // Columns 4..7 lie between the centres 4 (mixed) and 8 (empty); column 8 is the centre of the empty one.
      columns: [
        { zone: 'REAL', from: 0, to: 4 },
        { zone: 'MIXED', from: 4, to: 8 },
        { zone: 'EMPTY', from: 8, to: 12 },
      ],
    });
    assert.deepEqual(zonesOf(layer, realThenPadding(5, 12)).positions, ['REAL', 'REAL', 'EMPTY']);
  });

  it('of centres halfway between two steps: real only when both are', () => {
    // T = 8, K = 2, stride 2: centres 0.5, 2.5, 4.5, 6.5.
    const layer = layerOf({ steps: 8, size: 2, stride: 2, before: 0, count: 4 });
    assert.deepEqual(zonesOf(layer, realThenPadding(4, 8)).positions, ['REAL', 'REAL', 'EMPTY', 'EMPTY']);
    assert.deepEqual(zonesOf(layer, realThenPadding(5, 8)).positions, ['REAL', 'REAL', 'MIXED', 'EMPTY']);
  });

  it('of a layer that reads everything: no position is empty, unless there is nothing real', () => {
    const layer: LayerPositions = { ...same(10, 3), reads: null };
    assert.deepEqual(counts(zonesOf(layer, realThenPadding(4, 10)).positions), [4, 6, 0]);
    assert.deepEqual(counts(zonesOf(layer, new Uint8Array(10)).positions), [0, 0, 10]);
  });

  it('of a class token before the steps: it reads every step, and is no padding', () => {
    const layer = { ...layerOf({ size: 1, stride: 2, before: 0, count: 5, steps: 8 }), reads: null };
    const token = { ...layer, positions: Float64Array.of(-1.5, 0.5, 2.5, 4.5, 6.5) };
    const zones = (real: number) => zonesOf(token, realThenPadding(real, 8)).positions.join(' ');
    assert.equal(zones(4), 'REAL REAL REAL MIXED MIXED');
    assert.equal(zones(8), 'REAL REAL REAL REAL REAL');
  });

  it('of a mask with a hole', () => {
    const mask = Uint8Array.of(1, 1, 0, 0, 0, 0, 0, 1);
    assert.deepEqual(zonesOf(same(8, 3), mask).positions, [
      'REAL',
      'REAL',
      'MIXED',
      'EMPTY',
      'EMPTY',
      'EMPTY',
      'MIXED',
      'REAL',
    ]);
  });

  it('agree with their definition on any convolution and any mask', () => {
    const cases = fc
      .record({
        mask: fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 40 }),
        size: fc.integer({ min: 1, max: 12 }),
        stride: fc.integer({ min: 1, max: 4 }),
        before: fc.integer({ min: 0, max: 11 }),
        count: fc.integer({ min: 1, max: 20 }),
      })
      .filter(({ size, before }) => before < size);
    fc.assert(
      fc.property(cases, ({ mask, ...kernel }) => {
        const steps = mask.length;
        const layer = layerOf({ ...kernel, steps });
        const ahead = (kernel.size - 1) / 2 - kernel.before;
        const widest = Math.max(1, ...layer.reads!.to.map((to, p) => to - layer.reads!.from[p]!));
        const isThere = ahead >= -0.5 && ahead <= Math.max(0.5, Math.min(3, (widest - 1) / 8));
        const direct = kernel.stride === 1 && kernel.count === steps && isThere;
        const { positions, columns } = zonesOf(layer, Uint8Array.from(mask));
        for (const [p, zone] of positions.entries()) {
          const centre = direct ? p : layer.positions[p]!;
          const on = [Math.ceil(centre - 0.5), Math.floor(centre + 0.5)];
          const real = mask.every(Boolean) || on.every((t) => mask[t] === 1);
          const start = p * kernel.stride - kernel.before;
          const reads = mask.some((one, t) => one === 1 && t >= start && t < start + kernel.size);
          assert.equal(zone, real ? 'REAL' : reads ? 'MIXED' : 'EMPTY');
        }
        assertCovers(columns, steps);
        for (const { zone, from, to } of columns) {
          for (let t = from; t < to; t++) assert.equal(zone === 'REAL', mask[t] === 1);
        }
      }),
    );
  });

  it('run over all columns, neighbours differing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 30 }), (mask) => {
        assertCovers(zonesOf(same(mask.length, 3), Uint8Array.from(mask)).columns, mask.length);
      }),
    );
  });
});

function assertCovers(runs: readonly ZoneRun[], steps: number): void {
  assert.equal(runs[0]!.from, 0);
  assert.equal(runs.at(-1)!.to, steps);
  for (const [i, run] of runs.entries()) {
    assert.ok(run.from < run.to);
    if (i > 0) {
      assert.equal(run.from, runs[i - 1]!.to);
      assert.notEqual(run.zone, runs[i - 1]!.zone);
    }
  }
}
