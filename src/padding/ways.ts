import { resample } from './resample.ts';

/** A way to carry a content into another length. */
export type Way = 'stretch' | 'crop' | 'reflect' | 'continue';

/** How a swapped length differs from the instance's own. */
export type SwapDirection = 'shorter' | 'longer';

/** Which ways there are into a shorter and into a longer frame. */
export const WAYS: Readonly<Record<SwapDirection, readonly Way[]>> = {
  shorter: ['stretch', 'crop'],
  longer: ['stretch', 'reflect', 'continue'],
};

/** One way in one direction: what it does to swaps that should change nothing, and how much it is trusted for that. */
export interface WayTrust {
  readonly way: Way;
  readonly direction: SwapDirection;
  /**
   * Placebo: mean change of correctness when the content is swapped for another of the SAME class, against the frame's
   * own content; 0 for a way that does no harm.
   */
  readonly deficit: number;
  /** Share this way has among those of its direction. */
  readonly weight: number;
}

/** Real steps alone, feature-major. */
export interface Content {
  /** [F, length] */
  readonly real: Float32Array;
  readonly length: number;
}

/** The one way that gives the same series every time. */
export const isFixed = (way: Way): boolean => way === 'stretch';

/**
 * A content at another length. Stretching changes tempo and smoothness; cropping can lose the evidence; reflection turns
 * time round; continuing it with another series of its class leaves a seam. Each has its adversary, no two the same one.
 * @param place 0 ≤ place < 1: which of the windows there are, from first to last
 * @param another a content of the same class, to continue with
 * @returns [F, to]
 */
export function carried(
  content: Content,
  to: number,
  way: Way,
  place: number,
  another: () => Content,
): Float32Array {
  const among = (offsets: number) => Math.min(offsets - 1, Math.floor(place * offsets));
  if (way === 'stretch' || content.length === to) return resample(content.real, content.length, to);
  if (way === 'crop') return window(content, to, among(content.length - to + 1));
  if (way === 'reflect') return reflected(content, to, among(to - content.length + 1));
  let long = content;
  while (long.length < to) long = joined(long, another());
  return window(long, to, among(long.length - to + 1));
}

/** Columns from..from + to. */
function window({ real, length }: Content, to: number, from: number): Float32Array {
  return columns(real, length, to, (t) => from + t);
}

/** The whole content after `before` mirrored steps, mirrored at both ends for as long as need be. */
function reflected({ real, length }: Content, to: number, before: number): Float32Array {
  const period = Math.max(1, 2 * (length - 1));
  return columns(real, length, to, (t) => {
    const along = (((t - before) % period) + period) % period;
    return along < length ? along : period - along;
  });
}

function joined(a: Content, b: Content): Content {
  const length = a.length + b.length;
  const features = a.real.length / a.length;
  const real = new Float32Array(features * length);
  for (let f = 0; f < features; f++) {
    real.set(a.real.subarray(f * a.length, (f + 1) * a.length), f * length);
    real.set(b.real.subarray(f * b.length, (f + 1) * b.length), f * length + a.length);
  }
  return { real, length };
}

function columns(real: Float32Array, length: number, to: number, at: (t: number) => number): Float32Array {
  const features = real.length / length;
  const out = new Float32Array(features * to);
  for (let t = 0; t < to; t++) {
    const from = at(t);
    for (let f = 0; f < features; f++) out[f * to + t] = real[f * length + from]!;
  }
  return out;
}
