import type { GraphBuilder } from '../../builder.ts';
import { elementCount } from '../../tensor.ts';
import { filled, reach, type Window } from '../window.ts';

/** The side of a convolution that its window slides over: [N, channels, spatial…]. */
interface Side {
  readonly large: string;
  readonly largeDims: readonly number[];
  readonly window: Window;
}

/** Numbers of one instance that are copied at once, 1 MB: kernels of many taps over long series would copy each step hundreds of times. */
const MOST_COPIED = 2 ** 18;

/** The taps along the last axis of the kernel in parts [from, to), of which each copies little. */
export function partsOfTaps({ largeDims, window }: Omit<Side, 'large'>): (readonly [number, number])[] {
  const taps = window.kernel.at(-1)!;
  const copied = largeDims[1]! * elementCount(window.kernel) * elementCount(window.output);
  const parts = Math.min(taps, Math.ceil(copied / MOST_COPIED));
  const each = Math.ceil(taps / parts);
  const starts = Array.from({ length: Math.ceil(taps / each) }, (_, part) => part * each);
  return starts.map((from) => [from, Math.min(taps, from + each)]);
}

/** The same convolution with its padding written out. */
export function withPads<S extends Side>(builder: GraphBuilder, slid: S): S {
  const { window, largeDims } = slid;
  const { padsBegin, padsEnd, input } = window;
  const wider = (size: number, axis: number) => size + padsBegin[axis]! + padsEnd[axis]!;
  const none = filled(padsBegin.length, 0);
  return {
    ...slid,
    large: builder.pad(slid.large, [0, 0, ...padsBegin, 0, 0, ...padsEnd]),
    largeDims: [...largeDims.slice(0, 2), ...largeDims.slice(2).map(wider)],
    window: { ...window, padsBegin: none, padsEnd: none, input: input.map(wider) },
  };
}

/** What lies under some of the taps, and the window of these taps alone. @param slid without padding */
export function underTaps<S extends Side>(builder: GraphBuilder, slid: S, from: number, to: number): S {
  const { largeDims } = slid;
  const window = { ...slid.window, kernel: [...slid.window.kernel.slice(0, -1), to - from] };
  const steps = reach(window).at(-1)!;
  const first = from * window.dilations.at(-1)!;
  return {
    ...slid,
    large: builder.slice(slid.large, [largeDims.length - 1], [first], [first + steps]),
    largeDims: [...largeDims.slice(0, -1), steps],
    window: { ...window, input: [...window.input.slice(0, -1), steps] },
  };
}
