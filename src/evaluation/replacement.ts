import type { ChannelUnits } from '../padding/refill.ts';
import type { Case, InputShape } from '../preprocess/case.ts';
import type { Random } from '../random.ts';
import type { Scope } from './cells.ts';

/** What stands in the place of a cell that is taken away, in the model's units. */
export type CellReplacement = 'zero' | 'channel_mean' | 'own_mean' | 'noise' | 'last_value';

/** All of them, in the order in which they are reported. */
export const REPLACEMENTS: readonly CellReplacement[] = [
  'channel_mean',
  'own_mean',
  'noise',
  'last_value',
  'zero',
];

const NAMES: Readonly<Record<CellReplacement, string>> = {
  zero: 'zero',
  channel_mean: 'the channel mean',
  own_mean: "the instance's own mean",
  noise: 'noise',
  last_value: 'the last value',
};

/** In words, e.g. `the channel mean`. */
export function replacementName(replacement: CellReplacement): string {
  return NAMES[replacement];
}

/** What an instance is put back from, cell by cell. */
type Replaced = Pick<Case, 'x' | 'mask' | 'length'>;

/**
 * Gives the instance with cells taken away. Noise is drawn once per instance, so that every order of cells is judged
 * against the same draw.
 * @returns a function of `removed` [F, T], 1 where the cell goes; its answer is [F, T]
 */
export function replacing(
  replacement: CellReplacement,
  one: Replaced,
  shape: InputShape,
  units: Pick<ChannelUnits, 'mean' | 'sd'>,
  scope: Scope,
  random: Random,
): (removed: Uint8Array) => Float32Array {
  if (replacement === 'last_value') {
    return (removed) => forwardFilled(one, shape, units.mean, scope, removed);
  }
  const { features, steps } = shape;
  const means = replacement === 'own_mean' ? ownMeans(one, shape) : units.mean;
  const fill = new Float32Array(features * steps);
  for (let f = 0, i = 0; f < features; f++) {
    for (let t = 0; t < steps; t++, i++) {
      if (replacement === 'noise') fill[i] = units.mean[f]! + units.sd[f]! * random.normal();
      else if (replacement !== 'zero') fill[i] = means[f]!;
    }
  }
  return (removed) => one.x.map((value, i) => (removed[i] ? fill[i]! : value));
}

/** [F] over real steps. */
function ownMeans({ x, mask, length }: Replaced, { features, steps }: InputShape): Float64Array {
  return Float64Array.from({ length: features }, (_, f) => {
    let sum = 0;
    for (let t = 0; t < steps; t++) if (mask[t]) sum += x[f * steps + t]!;
    return sum / Math.max(1, length);
  });
}

/** A cell takes the last value before it that is still there, else the first after it, else the channel mean. */
function forwardFilled(
  { x, mask }: Replaced,
  { features, steps }: InputShape,
  mean: Float64Array,
  scope: Scope,
  removed: Uint8Array,
): Float32Array {
  const out = x.slice();
  for (let f = 0; f < features; f++) {
    const at = f * steps;
    const stays = (t: number) => removed[at + t] === 0 && (scope === 'all' || mask[t] === 1);
    let last = Number.NaN;
    for (let t = 0; t < steps && Number.isNaN(last); t++) if (stays(t)) last = x[at + t]!;
    if (Number.isNaN(last)) last = mean[f]!;
    for (let t = 0; t < steps; t++) {
      if (removed[at + t]) out[at + t] = last;
      else if (stays(t)) last = x[at + t]!;
    }
  }
  return out;
}
