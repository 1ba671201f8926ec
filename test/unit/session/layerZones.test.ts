import assert from 'node:assert/strict';
import { zoneCounts } from '../../../src/commands/layerZones.ts';
import type { LayerSummary } from '../../../src/graph/layerSummary.ts';

const layer = (size: number | null, positions: number, jump = 1, start = 0): LayerSummary => ({
  ...{ name: 'conv', tensor: 'conv', kind: 'Conv', parts: [], marks: [], rank: 1 },
  shape: [8, positions],
  receptiveField: { size, jump, start },
});

const mask = (real: number, steps: number) =>
  Uint8Array.from({ length: steps }, (_, step) => (step < real ? 1 : 0));

describe('Zones in the list of layers', () => {
  it('are those of the definition: kernel 131 on 28 real of 131 steps', () => {
    assert.deepEqual(zoneCounts(layer(131, 131), mask(28, 131)), { REAL: 28, MIXED: 65, EMPTY: 38 });
  });

  it('have no empty position where all read everything', () => {
    assert.deepEqual(zoneCounts(layer(null, 10), mask(4, 10)), { REAL: 4, MIXED: 6, EMPTY: 0 });
  });

  it('count the positions of a strided layer, not steps', () => {
    // Centres 1, 5, 9, 13 of 16 steps, each reading its own three.
    assert.deepEqual(zoneCounts(layer(3, 4, 4, 1), mask(9, 16)), { REAL: 2, MIXED: 1, EMPTY: 1 });
  });
});
