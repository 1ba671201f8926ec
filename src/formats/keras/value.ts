import type { DataType } from '../../graph/tensor.ts';

/** A tensor on its way through the layers. */
export interface LayerValue {
  readonly tensor: string;
  /** In the order of Keras, the batch first; null where it is free. */
  readonly dims: readonly (number | null)[];
  /**
   * Whether the graph's tensor lies [N, C, …] where Keras has [N, …, C]. ONNX convolves in that order, so what follows a
   * convolution stays in it until a layer needs the other.
   */
  readonly channelsFirst: boolean;
  readonly dtype: DataType;
  /** Tensor bool [N, T], true where a step counts: Keras hands it on from layer to layer. */
  readonly mask?: string;
}

/** A float32 value in the order of Keras; `null` in `dims` is the batch or a free axis. */
export function value(
  tensor: string,
  dims: readonly (number | null)[],
  more: Partial<LayerValue> = {},
): LayerValue {
  return { tensor, dims, channelsFirst: false, dtype: 'float32', ...more };
}

/** Where an axis of Keras lies in the graph's tensor. */
export function storedAxis({ dims, channelsFirst }: LayerValue, axis: number): number {
  if (!channelsFirst || axis === 0) return axis;
  return axis === dims.length - 1 ? 1 : axis + 1;
}

/** [N, …, C] → [N, C, …] */
export function toFirst(rank: number): number[] {
  return [0, rank - 1, ...Array.from({ length: rank - 2 }, (_, i) => i + 1)];
}

/** [N, C, …] → [N, …, C] */
export function toLast(rank: number): number[] {
  return [0, ...Array.from({ length: rank - 2 }, (_, i) => i + 2), 1];
}
