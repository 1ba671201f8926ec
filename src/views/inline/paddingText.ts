import type { Explanation } from '../../attribution/explanation.ts';
import { formatShare } from '../../format.ts';

/** `103 padded steps: 38 % of the map (MIXED 8 %, EMPTY 30 %)`; null where nothing is padded. */
export function paddingText({ padding, shares }: Explanation): string | null {
  const padded = padding.mask.length - padding.length;
  if (padded === 0) return null;
  const steps = `${padded} padded ${padded === 1 ? 'step' : 'steps'}`;
  const { REAL, MIXED, EMPTY } = shares;
  if (REAL.map + MIXED.map + EMPTY.map === 0) return `${steps}: the map is zero everywhere`;
  const zones = [
    ...(MIXED.positions > 0 ? [`MIXED ${formatShare(MIXED.map)}`] : []),
    ...(EMPTY.positions > 0 ? [`EMPTY ${formatShare(EMPTY.map)}`] : []),
  ];
  const parts = zones.length > 0 ? ` (${zones.join(', ')})` : '';
  return `${steps}: ${formatShare(MIXED.map + EMPTY.map)} of the map${parts}`;
}
