import type { Zone } from '../attribution/explanation.ts';
import type { LayerPositions } from '../attribution/layerPositions.ts';
import { zonesOf } from '../attribution/zones.ts';
import type { LayerSummary } from '../graph/layerSummary.ts';

/** How many positions of a layer lie in each zone, from what the list of layers says. @param mask [T] 1 on real steps */
export function zoneCounts(layer: LayerSummary, mask: Uint8Array): Record<Zone, number> {
  const counts: Record<Zone, number> = { REAL: 0, MIXED: 0, EMPTY: 0 };
  for (const zone of zonesOf(positionsOf(layer, mask.length), mask).positions) {
    counts[zone]++;
  }
  return counts;
}

function positionsOf({ shape, receptiveField }: LayerSummary, steps: number): LayerPositions {
  const { size, jump, start } = receptiveField;
  const positions = Float64Array.from({ length: shape.at(-1)! }, (_, p) => start + p * jump);
  const clip = (step: number) => Math.max(0, Math.min(steps, step));
  const reads = (half: number) => ({
    from: Int32Array.from(positions, (centre) => clip(Math.ceil(centre - half))),
    to: Int32Array.from(positions, (centre) => clip(Math.floor(centre + half) + 1)),
  });
  return { positions, reads: size === null ? null : reads((size - 1) / 2), receptiveField };
}
