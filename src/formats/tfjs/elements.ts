import { fromFloat16 } from '../../graph/halfPrecision.ts';
import { elementCount, type Tensor, tensor } from '../../graph/tensor.ts';

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** How a weight lies in its shard, and what it is once read. */
export interface ElementCode {
  readonly stored: 'float32' | 'int32' | 'bool' | 'uint8' | 'uint16' | 'float16';
  readonly dtype: 'float32' | 'int32' | 'bool';
  /** value = stored · scale + min, for uint8 and uint16. */
  readonly scale: number;
  readonly min: number;
}

/**
 * Little-endian bytes to a tensor. Whole numbers become int64, which is what ONNX uses for shapes and axes.
 * @param bytes exactly as many as the elements need.
 */
export function readElements(
  { stored, dtype, scale, min }: ElementCode,
  dims: readonly number[],
  bytes: Uint8Array,
): Tensor {
  const count = elementCount(dims);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at: Readonly<Record<ElementCode['stored'], (i: number) => number>> = {
    float32: (i) => view.getFloat32(4 * i, true),
    int32: (i) => view.getInt32(4 * i, true),
    bool: (i) => (view.getUint8(i) === 0 ? 0 : 1),
    // In float32, as TensorFlow.js does it.
    uint8: (i) => view.getUint8(i) * scale + min,
    uint16: (i) => view.getUint16(2 * i, true) * scale + min,
    float16: (i) => fromFloat16(view.getUint16(2 * i, true)),
  };
  const element = at[stored];
  if (dtype === 'int32') {
    return tensor(
      'int64',
      dims,
      BigInt64Array.from({ length: count }, (_, i) => BigInt(Math.round(element(i)))),
    );
  }
  if (dtype === 'bool')
    return tensor(
      'bool',
      dims,
      Uint8Array.from({ length: count }, (_, i) => element(i)),
    );
  if (stored === 'float32' && LITTLE_ENDIAN) {
    return tensor('float32', dims, new Float32Array(new Uint8Array(bytes).buffer));
  }
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = element(i);
  return tensor('float32', dims, values);
}
