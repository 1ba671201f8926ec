import { textOf } from './attributes.ts';
import type { GraphNode } from './graph.ts';

/** How a Resize or Upsample node reads one axis of `length` values to make `count`. */
interface Resampling {
  readonly mode: 'nearest' | 'linear' | 'cubic';
  /** Where the output index q lies on the input's axis; may be fractional or outside. */
  at(q: number): number;
  /** The index that stands for such a place in mode nearest. */
  round(place: number): number;
}

/** @param scale output steps per input step as the node uses it */
export function resampling(
  node: GraphNode,
  opset: number,
  { length, count, scale }: { readonly length: number; readonly count: number; readonly scale: number },
): Resampling {
  const mode = textOf(node, 'mode') ?? 'nearest';
  return {
    mode: mode === 'cubic' || mode === 'nearest' ? mode : 'linear',
    at: coordinate(node, opset, length, count, scale),
    round: nearest(node, opset),
  };
}

/** By coordinate_transformation_mode. */
function coordinate(
  node: GraphNode,
  opset: number,
  length: number,
  count: number,
  scale: number,
): (q: number) => number {
  // Opset 9 (Upsample) and 10 know only asymmetric.
  const mode = textOf(node, 'coordinate_transformation_mode') ?? (opset < 11 ? 'asymmetric' : 'half_pixel');
  switch (mode) {
    case 'asymmetric':
      return (q) => q / scale;
    case 'align_corners':
      return (q) => (count === 1 ? 0 : (q * (length - 1)) / (count - 1));
    case 'pytorch_half_pixel':
      return (q) => (count === 1 ? 0 : (q + 0.5) / scale - 0.5);
    default:
      return (q) => (q + 0.5) / scale - 0.5;
  }
}

function nearest(node: GraphNode, opset: number): (at: number) => number {
  switch (textOf(node, 'nearest_mode') ?? (opset < 11 ? 'floor' : 'round_prefer_floor')) {
    case 'floor':
      return Math.floor;
    case 'ceil':
      return Math.ceil;
    case 'round_prefer_ceil':
      return (at) => Math.floor(at + 0.5);
    default:
      return (at) => Math.ceil(at - 0.5);
  }
}

/** [count, length]: how much of each input value goes into each output value. */
export function resamplingWeights(
  { mode, at, round }: Resampling,
  length: number,
  count: number,
): Float32Array {
  const inside = (index: number) => Math.min(length - 1, Math.max(0, index));
  const weights = new Float32Array(count * length);
  for (let q = 0; q < count; q++) {
    const place = at(q);
    if (mode === 'nearest') {
      weights[q * length + inside(round(place))] = 1;
      continue;
    }
    const kept = inside(place);
    const below = Math.floor(kept);
    weights[q * length + below]! += 1 - (kept - below);
    weights[q * length + inside(below + 1)]! += kept - below;
  }
  return weights;
}
