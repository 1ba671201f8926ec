import type { Case, InputShape } from '../preprocess/case.ts';
import type { Random } from '../random.ts';

/** What stands in a padded cell instead, in the model's units; `t` is a padded column. */
export type Fill = (feature: number, t: number) => number;

/** Spread of the real steps in the model's units; mean 0 and sd 1 on standardised data. */
export interface ChannelUnits {
  /** [F] */
  readonly mean: Float64Array;
  /** [F] */
  readonly sd: Float64Array;
  /** [F] what a raw 0 becomes, i.e. −μ/σ; null where the scaling is not known. */
  readonly rawZero: Float64Array | null;
}

/** The instance with its padding refilled, its real steps untouched. [F, T] */
export function refill(one: Case, { features, steps }: InputShape, fill: Fill): Float32Array {
  const x = one.x.slice();
  for (let t = 0; t < steps; t++) {
    if (one.mask[t]) continue;
    for (let f = 0; f < features; f++) x[f * steps + t] = fill(f, t);
  }
  return x;
}

/** The mean of each feature over real steps, moved by `sds` standard deviations. */
export const channelMean =
  (units: ChannelUnits, sds: number): Fill =>
  (f) =>
    units.mean[f]! + sds * units.sd[f]!;

/** Normal noise with each feature's mean and standard deviation. */
export const noise =
  (units: ChannelUnits, random: Random): Fill =>
  (f) =>
    units.mean[f]! + units.sd[f]! * random.normal();

/** The mean of the instance's own real steps, feature by feature. */
export function ownChannelMean(one: Case, shape: InputShape): Fill {
  const means = Float64Array.from({ length: shape.features }, (_, f) => {
    let sum = 0;
    for (let t = 0; t < shape.steps; t++) if (one.mask[t]) sum += one.x[f * shape.steps + t]!;
    return sum / one.length;
  });
  return (f) => means[f]!;
}

/** The real value next to the padding: the last real step before the cell, else the first after it. */
export function lastValue(one: Case, { steps }: InputShape): Fill {
  return (f, t) => {
    const before = one.mask.lastIndexOf(1, t);
    return one.x[f * steps + (before >= 0 ? before : one.mask.indexOf(1, t))]!;
  };
}

/** The series mirrored at its edge without repeating the edge, again and again where the padding is longer. */
export function reflect(one: Case, { steps }: InputShape): Fill {
  const real = Array.from(one.mask.keys()).filter((t) => one.mask[t]);
  return (f, t) => {
    const before = real.filter((r) => r < t);
    const within = before.length > 0 ? before.toReversed() : real;
    return one.x[f * steps + within[mirrored(Math.abs(t - within[0]!), within.length)]!]!;
  };
}

/** Index reached by walking `distance` steps from 0 and turning round at both ends. */
function mirrored(distance: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const along = distance % period;
  return along < length ? along : period - along;
}
