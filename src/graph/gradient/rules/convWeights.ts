import { elementCount } from '../../tensor.ts';
import { memo } from '../memo.ts';
import type { Step } from '../step.ts';
import type { Window } from '../window.ts';

/** A convolution between the side its window slides over and the side its positions lie on. */
interface Slid {
  /** [N, g·I, spatial…], and its dims. */
  readonly large: string;
  readonly largeDims: readonly number[];
  /** [N, g·O, positions…], and its channels. */
  readonly small: string;
  readonly smallChannels: number;
  readonly window: Window;
  readonly groups: number;
}

/**
 * d logit / d kernel [g·O, I, taps…] = Σ over instances and positions of small × (large under each tap): ONE matrix
 * product over the shifted copies of `large`, 3 to 4 times faster than a convolution with swapped axes.
 */
export function kernelGradient(step: Step, slid: Slid): string {
  const { builder } = step;
  const { groups, window, smallChannels } = slid;
  const channels = slid.largeDims[1]!;
  const perGroup = [smallChannels / groups, channels / groups] as const;
  const columns = shiftedCopies(step, slid);
  const rank = 2 + window.kernel.length;
  const rows = builder.transpose(slid.small, channelsFirst(rank));
  const flatRows = builder.reshape(rows, [groups, perGroup[0], -1]);
  const taps = elementCount(window.kernel);
  const flatColumns = builder.reshape(columns, [groups, perGroup[1] * taps, -1]);
  const product = builder.add('MatMul', [flatRows, builder.transpose(flatColumns, [0, 2, 1])]);
  return builder.reshape(product, [smallChannels, perGroup[1], ...window.kernel]);
}

/** [channels, taps, N, positions…]: what lies under each tap of the window. */
function shiftedCopies(step: Step, { large, largeDims, window }: Slid): string {
  const { builder } = step;
  const { kernel, strides, dilations, padsBegin, padsEnd, output } = window;
  const spatial = kernel.map((_, axis) => axis + 2);
  const padded = builder.pad(large, [0, 0, ...padsBegin, 0, 0, ...padsEnd]);
  const turned = builder.transpose(padded, channelsFirst(largeDims.length));
  const copies = tapsOf(kernel).map((tap) => {
    const from = tap.map((at, axis) => at * dilations[axis]!);
    const to = from.map((start, axis) => start + (output[axis]! - 1) * strides[axis]! + 1);
    return builder.unsqueeze(builder.slice(turned, spatial, from, to, strides), [1]);
  });
  return builder.concat(copies, 1);
}

/** Every index of the kernel, last axis fastest. */
function tapsOf(kernel: readonly number[]): number[][] {
  return kernel.reduce<number[][]>(
    (taps, size) => taps.flatMap((tap) => Array.from({ length: size }, (_, at) => [...tap, at])),
    [[]],
  );
}

function channelsFirst(rank: number): number[] {
  return [1, 0, ...Array.from({ length: rank - 2 }, (_, axis) => axis + 2)];
}

/** d logit / d bias [channels]: the gradient summed over instances and positions. */
export function biasGradient(step: Step): () => string {
  return memo(() => {
    const axes = step.outputDims().flatMap((_, axis) => (axis === 1 ? [] : [axis]));
    return step.builder.reduce('ReduceSum', step.gradient, axes, false);
  });
}
