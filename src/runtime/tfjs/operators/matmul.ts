import { floatOf, intOf, textOf } from '../../../graph/attributes.ts';
import { elementCount, numbers, type Tensor } from '../../../graph/tensor.ts';
import type { TfTensor } from '../backend.ts';
import type { Call, Operators } from '../call.ts';
import { einsum } from '../einsum.ts';
import { fromNumbers } from '../host/array.ts';
import { matrixProduct } from '../matrixProduct.ts';
import { inFloat32 } from './binary.ts';

/** Matrix products; whole numbers and float64 on the host. */
export const matmulOperators: Operators = {
  MatMul: (call) => (inFloat32(call) ? product(call, call.device(0), call.device(1)) : onHost(call)),
  Gemm: (call) => {
    const { tf, node } = call;
    const turn = (name: string) => intOf(node, name) === 1;
    const plain = matrixProduct(tf, call.device(0), asMatrix(tf, call.device(1)), [
      turn('transA'),
      turn('transB'),
    ]);
    const alpha = floatOf(node, 'alpha') ?? 1;
    const scaled = alpha === 1 ? plain : tf.mul(plain, alpha);
    if (!call.has(2)) return scaled;
    const beta = floatOf(node, 'beta') ?? 1;
    return tf.add(scaled, beta === 1 ? call.device(2) : tf.mul(call.device(2), beta));
  },
  Einsum: (call) => {
    const equation = textOf(call.node, 'equation') ?? call.refuse('it has no equation');
    return einsum(
      call,
      equation,
      call.values.map((_, index) => call.device(index)),
    );
  },
};

/** numpy's matmul: vectors get an axis for the product and lose it again, leading axes are broadcast. */
function product({ tf }: Call, a: TfTensor, b: TfTensor): TfTensor {
  const left = a.rank === 1 ? tf.expandDims(a, 0) : a;
  const right = b.rank === 1 ? tf.expandDims(b, 1) : b;
  const matrix = asMatrix(tf, right);
  const both =
    right.rank === 2 && left.rank > 2 ? flattened(tf, left, matrix) : matrixProduct(tf, left, matrix);
  const axes = [...(a.rank === 1 ? [both.rank - 2] : []), ...(b.rank === 1 ? [both.rank - 1] : [])];
  return axes.length === 0 ? both : tf.squeeze(both, axes);
}

/** The shape in which the data of a tensor was first multiplied by. */
const firstShapes = new WeakMap<object, string>();

/**
 * The WebAssembly backend keeps what it packed of a right-hand side under the data alone: the same numbers under
 * another shape (a vector as a column, then as a row) would be read as they were packed first. They get a copy.
 */
function asMatrix(tf: Call['tf'], matrix: TfTensor): TfTensor {
  const first = firstShapes.get(matrix.dataId);
  if (first === undefined) firstShapes.set(matrix.dataId, `${matrix.shape}`);
  return first === undefined || first === `${matrix.shape}` ? matrix : tf.mul(matrix, 1);
}

/** [..., M, K] · [K, N] as one product of two matrices. */
function flattened(tf: Call['tf'], left: TfTensor, right: TfTensor): TfTensor {
  const rows = elementCount(left.shape.slice(0, -1));
  const flat = matrixProduct(tf, tf.reshape(left, [rows, left.shape.at(-1)!]), right);
  return tf.reshape(flat, [...left.shape.slice(0, -1), right.shape[1]!]);
}

/** Two matrices of float64 or integers. */
function onHost(call: Call): Tensor {
  const [a, b] = [call.host(0), call.host(1)];
  if (a.dims.length !== 2 || b.dims.length !== 2 || a.dims[1] !== b.dims[0]) {
    return call.refuse(`${a.dtype} of shapes [${a.dims.join(', ')}] and [${b.dims.join(', ')}]`);
  }
  const [rows, inner, columns] = [a.dims[0]!, a.dims[1]!, b.dims[1]!];
  const [left, right] = [numbers(a), numbers(b)];
  const values = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < inner; k++) {
      const factor = left[row * inner + k]!;
      for (let column = 0; column < columns; column++) {
        values[row * columns + column]! += factor * right[k * columns + column]!;
      }
    }
  }
  return fromNumbers(a.dtype, [rows, columns], values);
}
