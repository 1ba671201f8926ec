import { switchesOf } from '../attribution/switches.ts';
import type { Selection } from './core/selection.ts';

/** The same text for the same picks, whatever the order they were made in; the instance is left to the caller. */
export function picksKey({ instance: _, madeFor: __, ...picks }: Selection): string {
  // Grad-CAM is what is taken where nobody picked a method, but for models without a gradient, which refuse it.
  const told = Object.entries({ ...picks, ...switchesOf(picks), method: picks.method ?? 'gradcam' });
  return JSON.stringify(told.filter(([, value]) => value !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)));
}
