import type { KerasGiven } from './layerContext.ts';
import type { LayerValue } from './value.ts';

/** One value, no list or structure of them. */
export function isValue(given: KerasGiven): given is LayerValue {
  return !Array.isArray(given) && 'tensor' in given;
}

/** The values among what a layer is called with, lists taken apart. */
export function flatten(given: KerasGiven | readonly KerasGiven[]): LayerValue[] {
  if (Array.isArray(given)) return given.flatMap(flatten);
  return isValue(given as KerasGiven) ? [given as LayerValue] : [];
}

/** A plain setting of a call, e.g. `use_causal_mask`; undefined where it is left out or a tensor. */
export function settingOf(given: KerasGiven | undefined): unknown {
  return given !== undefined && !Array.isArray(given) && 'setting' in given ? given.setting : undefined;
}
