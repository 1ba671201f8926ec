import { type DataType, int64, numbers, type Tensor } from '../../../graph/tensor.ts';
import { Refusal } from '../../../refusal.ts';

/** A number, or a name for a size that is known only when the model runs; equal names are equal sizes. */
export type NodeSize = number | string;

/**
 * A TensorFlow tensor and where it lies in the ONNX graph. TensorFlow keeps channels last, ONNX slides windows over
 * what comes after them: instead of writing a Transpose around every convolution, the order of the axes is noted here
 * and written only where an operator needs another one.
 */
export interface NodeValue {
  readonly dtype: DataType;
  /** As TensorFlow sees it. */
  readonly shape: readonly NodeSize[];
  /** ONNX tensor. */
  readonly tensor: string;
  /** Which axis of `shape` each axis of the ONNX tensor is; axes that are not here have length 1. */
  readonly order: readonly number[];
  /** Values written in the file, in the order of `shape`; then `tensor` is ''. */
  readonly constant?: Tensor;
  /** Elements of a small whole-number tensor, row by row, as far as they are known: what Reshape makes of a Shape. */
  readonly elements?: readonly NodeSize[];
  /** Between SpaceToBatchND and BatchToSpaceND: a dilated convolution, see `dilation.ts`. */
  readonly dilation?: Dilation;
}

/** Per axis of the shape. */
interface Dilation {
  readonly rates: readonly number[];
  readonly padsBegin: readonly number[];
  readonly padsEnd: readonly number[];
}

/** A value whose numbers are known, in TensorFlow's order of axes. */
export function constantOf(tensor: Tensor): NodeValue {
  return {
    dtype: tensor.dtype,
    shape: tensor.dims,
    tensor: '',
    order: inOrder(tensor.dims.length),
    constant: tensor,
  };
}

/** An int64 constant, [n], or [] for a scalar. */
export function wholeNumbers(values: readonly number[], scalar = false): NodeValue {
  return constantOf(int64(scalar ? [] : [values.length], values));
}

/** 0, 1, … rank − 1. */
export function inOrder(rank: number): number[] {
  return Array.from({ length: rank }, (_, axis) => axis);
}

/** A shape has fewer axes. */
export const MOST_ELEMENTS = 64;

/** What is known about the elements of a whole-number tensor of any rank, row by row. */
export function allElementsOf({ constant, elements }: NodeValue): readonly NodeSize[] | undefined {
  if (elements !== undefined) return elements;
  return constant?.dtype === 'int64' && constant.data.length <= MOST_ELEMENTS ? numbers(constant) : undefined;
}

/** A size and a number more, e.g. `size:3+6`. */
export function sizePlus(size: NodeSize, more: number): NodeSize {
  const [name, plus] = parts(size);
  if (name === '') return plus + more;
  return plus + more === 0 ? name : `${name}+${plus + more}`;
}

/** How much larger one is than the other; undefined where that is not known. */
export function sizeDifference(a: NodeSize, b: NodeSize): number | undefined {
  const [[name, plus], [other, less]] = [parts(a), parts(b)];
  return name === other ? plus - less : undefined;
}

function parts(size: NodeSize): readonly [string, number] {
  if (typeof size === 'number') return ['', size];
  const [, name, plus] = /^(.*)\+(-?\d+)$/s.exec(size) ?? [];
  return name === undefined ? [size, 0] : [name, Number(plus)];
}

/** What is known about the elements of a whole-number scalar or vector. */
export function elementsOf(value: NodeValue): readonly NodeSize[] | undefined {
  if (value.shape.length > 1) return undefined;
  if (value.elements !== undefined) return value.elements;
  const { constant } = value;
  if (constant?.dtype !== 'int64' || constant.dims.length > 1 || constant.data.length > MOST_ELEMENTS)
    return undefined;
  return numbers(constant);
}

/** The elements where all of them are numbers. */
export function numbersOf(value: NodeValue): readonly number[] | undefined {
  if (value.constant?.dtype === 'int64') return numbers(value.constant);
  const elements = elementsOf(value);
  return elements?.every((element) => typeof element === 'number') ? (elements as number[]) : undefined;
}

/** A negative axis counts from the end. @throws Refusal `broken-model` where there is no such axis. */
export function axisIn(axis: number, rank: number, where: string): number {
  const positive = axis < 0 ? axis + rank : axis;
  if (!(positive >= 0 && positive < rank)) {
    throw new Refusal('broken-model', `${where} names axis ${axis} of a tensor with ${rank} axes.`);
  }
  return positive;
}

/** Free axes are the same where they have the same symbol. */
export function sameSizes(a: readonly NodeSize[], b: readonly NodeSize[]): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i]);
}
