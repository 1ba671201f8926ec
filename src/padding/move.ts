import { realSteps } from '../attribution/realSteps.ts';
import type { Case, InputShape } from '../preprocess/case.ts';
import { padSide } from './padSide.ts';
import { resample } from './resample.ts';

/**
 * The padding moved to the other end of the series; what lies at both ends, to the end that has less of it. Null where
 * padding stands between real steps. [F, T] and its mask
 */
export function otherSide(one: Case, shape: InputShape): Pick<Case, 'x' | 'mask'> | null {
  const side = padSide(one.mask);
  if (side === 'none') return one;
  if (side === 'middle') return null;
  const front = one.mask.indexOf(1);
  const behind = shape.steps - 1 - one.mask.lastIndexOf(1);
  const shift = behind <= front ? -front : behind;
  return {
    x: rolled(one.x, shape, shift),
    mask: rolled(one.mask, { features: 1, steps: shape.steps }, shift),
  };
}

/** Each feature turned round by `shift` columns: end padding comes to the front in its own order. */
function rolled<Values extends Float32Array | Uint8Array>(
  x: Values,
  { features, steps }: InputShape,
  shift: number,
): Values {
  const out = x.slice() as Values;
  for (let f = 0; f < features; f++) {
    for (let t = 0; t < steps; t++) out[f * steps + ((t + shift + steps) % steps)] = x[f * steps + t]!;
  }
  return out;
}

/** Padded on the same side to `to` steps with the given value per feature. [F, to] */
export function paddedTo(
  one: Case,
  { features, steps }: InputShape,
  to: number,
  value: (feature: number) => number,
): Float32Array {
  const out = new Float32Array(features * to);
  const side = padSide(one.mask);
  const front = side === 'front';
  const kept = Math.min(steps, to);
  for (let f = 0; f < features; f++) {
    out.fill(value(f), f * to, (f + 1) * to);
    const row = one.x.subarray(f * steps, (f + 1) * steps);
    if (front) out.set(row.subarray(steps - kept), (f + 1) * to - kept);
    else out.set(row.subarray(0, kept), f * to);
  }
  return out;
}

/** The mask of what `paddedTo` gives. [to] */
export function paddedMask(one: Case, to: number): Uint8Array {
  const mask = new Uint8Array(to);
  const kept = Math.min(one.mask.length, to);
  if (padSide(one.mask) === 'front') mask.set(one.mask.subarray(one.mask.length - kept), to - kept);
  else mask.set(one.mask.subarray(0, kept));
  return mask;
}

/** Stretched to another length and back: what resampling alone does. [F, T] */
export function thereAndBack(one: Case, length: number, shape: InputShape): Float32Array {
  const away = resample(realSteps(one, shape), one.length, length);
  return filled(one, shape, resample(away, length, one.length));
}

/** Real steps [F, L] in the place of the frame's own; its padding stays as it is. [F, T] */
export function filled(frame: Case, { features, steps }: InputShape, real: Float32Array): Float32Array {
  const x = frame.x.slice();
  for (let f = 0, from = 0; f < features; f++) {
    for (let t = 0; t < steps; t++) if (frame.mask[t]) x[f * steps + t] = real[from++]!;
  }
  return x;
}
