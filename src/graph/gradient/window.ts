import { intsOf, textOf } from '../attributes.ts';
import type { GraphNode } from '../graph.ts';

/** A sliding window over the spatial axes (those after batch and channel), one entry per spatial axis. */
export interface Window {
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly kernel: readonly number[];
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padsBegin: readonly number[];
  readonly padsEnd: readonly number[];
}

/**
 * Window of a Conv or pooling node; `input` and `output` are spatial dims. SAME_UPPER puts the odd pad at the end,
 * SAME_LOWER at the beginning.
 */
export function windowOf(
  node: GraphNode,
  input: readonly number[],
  output: readonly number[],
  kernel: readonly number[],
): Window {
  const rank = input.length;
  const strides = intsOf(node, 'strides') ?? filled(rank, 1);
  const dilations = intsOf(node, 'dilations') ?? filled(rank, 1);
  const pads = intsOf(node, 'pads') ?? filled(2 * rank, 0);
  const base = { input, output, kernel, strides, dilations };
  const auto = textOf(node, 'auto_pad') ?? 'NOTSET';
  if (!auto.startsWith('SAME')) {
    const explicit = auto === 'VALID' ? filled(2 * rank, 0) : pads;
    return { ...base, padsBegin: explicit.slice(0, rank), padsEnd: explicit.slice(rank) };
  }
  const total = reach({ ...base, padsBegin: [], padsEnd: [] }).map((steps, i) =>
    Math.max(0, steps - input[i]!),
  );
  const smaller = total.map((pads) => Math.floor(pads / 2));
  const larger = total.map((pads, i) => pads - smaller[i]!);
  return auto === 'SAME_UPPER'
    ? { ...base, padsBegin: smaller, padsEnd: larger }
    : { ...base, padsBegin: larger, padsEnd: smaller };
}

/** Steps from the first to the last one a window reaches, per spatial axis: (output − 1)·stride + (kernel − 1)·dilation + 1. */
export function reach(window: Window): number[] {
  return window.output.map(
    (count, i) => (count - 1) * window.strides[i]! + (window.kernel[i]! - 1) * window.dilations[i]! + 1,
  );
}

/** `count` times `value`. */
export function filled(count: number, value: number): number[] {
  return new Array<number>(count).fill(value);
}
