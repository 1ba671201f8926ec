import type { Case, InputShape } from '../preprocess/case.ts';
import type { Unavailable } from './audit.ts';
import { padSide } from './padSide.ts';

/** How one instance is padded, apart from how much: where and with what. */
export interface Carrier {
  /** Share of the padding that stands in front: 0 padded at the end, 1 at the front. */
  readonly at: number;
  /** [F] what stands in the padding, in the model's units. */
  readonly value: Float32Array;
}

/** What the padding of each instance looks like. */
export interface Carriers {
  /** [n] null where an instance has no padding. */
  readonly of: readonly (Carrier | null)[];
  /** The padding repeats the real step beside it, so that it has no value of its own. */
  readonly edge: boolean;
  readonly valuesDiffer: boolean;
  readonly sidesDiffer: boolean;
}

/** Rounding to whole columns moves `at` by a step; more than this share is another place. */
const SAME_PLACE = 0.1;

/** The carriers of a file, or why length cannot be told from the rest of its padding. */
export function carriersOf(cases: readonly Case[], shape: InputShape): Carriers | Unavailable {
  const padded = cases.filter((one) => one.length < shape.steps);
  if (padded.some((one) => padSide(one.mask) === 'middle'))
    return { unavailable: 'Padding stands between real steps, so it has no value or side of its own.' };
  const edge = padded.length > 0 && padded.every((one) => repeatsEdge(one, shape));
  const flat = padded.every((one) => oneValue(one, shape));
  if (!edge && !flat)
    return {
      unavailable: 'The padding holds more than one value in a feature: it has no value to give away.',
    };
  const of = cases.map((one) => (one.length < shape.steps ? carrierOf(one, shape) : null));
  const known = of.filter((one) => one !== null);
  const first = known[0];
  // Repeated edges that are all one value are plain constant padding beside series that end in it.
  const valuesDiffer = known.some((one) => one.value.some((value, f) => differs(value, first!.value[f]!)));
  const least = known.reduce((at, one) => Math.min(at, one.at), Number.POSITIVE_INFINITY);
  const most = known.reduce((at, one) => Math.max(at, one.at), Number.NEGATIVE_INFINITY);
  return {
    of,
    edge: edge && valuesDiffer,
    valuesDiffer: valuesDiffer && !edge,
    sidesDiffer: most - least > SAME_PLACE && !oneStepApart(padded),
  };
}

/** Real steps [F, L] padded to [F, T] as `carrier` says, with the mask; null leaves the rest 0, where nothing is left to pad. */
export function laid(
  real: Float32Array,
  length: number,
  carrier: Carrier | null,
  { features, steps }: InputShape,
  edge: boolean,
): { readonly x: Float32Array; readonly mask: Uint8Array } {
  const x = new Float32Array(features * steps);
  const from = Math.round((carrier?.at ?? 0) * (steps - length));
  // Set one by one: a view for every feature costs more than its few steps.
  for (let f = 0, to = 0; f < features; f++) {
    const row = f * length;
    const value = carrier?.value[f] ?? 0;
    const [before, after] = edge ? [real[row]!, real[row + length - 1]!] : [value, value];
    for (let t = 0; t < from; t++) x[to++] = before;
    for (let t = 0; t < length; t++) x[to++] = real[row + t]!;
    for (let t = from + length; t < steps; t++) x[to++] = after;
  }
  return { x, mask: new Uint8Array(steps).fill(1, from, from + length) };
}

function carrierOf(one: Case, { features, steps }: InputShape): Carrier {
  const pad = one.mask.indexOf(0);
  return {
    at: one.mask.indexOf(1) / (steps - one.length),
    value: Float32Array.from({ length: features }, (_, f) => one.x[f * steps + pad]!),
  };
}

function oneValue(one: Case, { features, steps }: InputShape): boolean {
  const pad = one.mask.indexOf(0);
  for (let f = 0; f < features; f++) {
    for (let t = 0; t < steps; t++) {
      if (!one.mask[t] && differs(one.x[f * steps + t]!, one.x[f * steps + pad]!)) return false;
    }
  }
  return true;
}

function repeatsEdge(one: Case, { features, steps }: InputShape): boolean {
  const [first, last] = [one.mask.indexOf(1), one.mask.lastIndexOf(1)];
  for (let f = 0; f < features; f++) {
    for (let t = 0; t < steps; t++) {
      if (!one.mask[t] && differs(one.x[f * steps + t]!, one.x[f * steps + (t < first ? first : last)]!))
        return false;
    }
  }
  return true;
}

/** Series centred in their padding stand half a step off when the padding is odd. */
function oneStepApart(padded: readonly Case[]): boolean {
  return padded.every((one) => Math.abs(2 * one.mask.indexOf(1) + one.length - one.mask.length) <= 1);
}

function differs(a: number, b: number): boolean {
  return Math.abs(a - b) > 1e-5 * Math.max(1, Math.abs(a), Math.abs(b));
}
