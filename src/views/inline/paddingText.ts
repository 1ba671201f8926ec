import type { Explanation } from '../../attribution/explanation.ts';
import { formatShare } from '../../format.ts';
import type { Say } from '../../session/core/ports.ts';

/** `103 padded steps: 38 % of the map (MIXED 8 %, EMPTY 30 %)`; null where nothing is padded. */
export function paddingText({ padding, shares }: Explanation, say: Say): string | null {
  const padded = padding.mask.length - padding.length;
  if (padded === 0) return null;
  const steps = padded === 1 ? say('1 padded step') : say('{0} padded steps', padded);
  const { REAL, MIXED, EMPTY } = shares;
  if (REAL.map + MIXED.map + EMPTY.map === 0) return say('{0}: the map is zero everywhere', steps);
  const zones = [
    ...(MIXED.positions > 0 ? [`MIXED ${formatShare(MIXED.map)}`] : []),
    ...(EMPTY.positions > 0 ? [`EMPTY ${formatShare(EMPTY.map)}`] : []),
  ];
  const parts = zones.length > 0 ? ` (${zones.join(', ')})` : '';
  return `${say('{0}: {1} of the map', steps, formatShare(MIXED.map + EMPTY.map))}${parts}`;
}
