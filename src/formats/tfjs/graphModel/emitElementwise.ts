import type { Attributes } from '../../../graph/graph.ts';
import type { DataType } from '../../../graph/tensor.ts';
import { broadcast } from './broadcast.ts';
import type { NodeLowering } from './lower.ts';
import type { NodeValue } from './value.ts';

interface Emitted {
  /** Of the result; that of the first operand if left out. */
  readonly dtype?: DataType;
  readonly attributes?: Attributes;
  /** The step the TensorFlow node is named after, or one beside it. */
  readonly as?: 'main' | 'aside';
}

/** One ONNX operator that works element by element, in whatever order the axes lie. */
export function elementwise(
  { emit }: Pick<NodeLowering, 'emit'>,
  op: string,
  values: readonly NodeValue[],
  { dtype, attributes = {}, as = 'main' }: Emitted = {},
): NodeValue {
  const [first] = values;
  const { tensors, shape, order } = broadcast(emit, values);
  const tensor = emit[as](op, tensors, attributes);
  const dilation = values.find((value) => value.dilation)?.dilation;
  return { dtype: dtype ?? first!.dtype, shape, tensor, order, ...(dilation ? { dilation } : {}) };
}
