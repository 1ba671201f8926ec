import { fromFloat16 } from '../../graph/halfPrecision.ts';
import { ARRAYS, type DataType, elementCount, type Tensor, tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import { fromBfloat16 } from '../onnx/elementType.ts';

interface ElementType {
  readonly dtype: DataType;
  readonly bytes: number;
  readonly stored?: 'float16' | 'bfloat16' | 'float64';
}

/** PyTorch's codes. Half and double precision are computed in float32: ONNX Runtime convolves in nothing else. */
const TYPES: Readonly<Record<number, ElementType>> = {
  1: { dtype: 'uint8', bytes: 1 },
  2: { dtype: 'int8', bytes: 1 },
  3: { dtype: 'int16', bytes: 2 },
  4: { dtype: 'int32', bytes: 4 },
  5: { dtype: 'int64', bytes: 8 },
  6: { dtype: 'float32', bytes: 2, stored: 'float16' },
  7: { dtype: 'float32', bytes: 4 },
  8: { dtype: 'float32', bytes: 8, stored: 'float64' },
  12: { dtype: 'bool', bytes: 1 },
  13: { dtype: 'float32', bytes: 2, stored: 'bfloat16' },
};

const MOST_REPEATED = 2 ** 24;

/** @throws Refusal `unsupported-dtype` */
export function elementType(code: number): ElementType {
  const known = Object.hasOwn(TYPES, code) ? TYPES[code] : undefined;
  if (known) return known;
  throw new Refusal(
    'unsupported-dtype',
    `The program holds tensors of PyTorch's element type ${code}, which is not read (complex and quantised numbers are not); export the model in float32.`,
  );
}

/** A tensor of a storage: `strides` and `offset` count elements, as PyTorch writes them. */
interface Laid {
  readonly dtype: number;
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/**
 * The tensor's values in row-major order.
 * @throws Refusal `broken-model` where the storage is too short, `model-too-big` where few numbers stand for too many
 */
export function fromStorage(storage: Uint8Array, laid: Laid, name: string): Tensor {
  const { dtype, bytes, stored } = elementType(laid.dtype);
  const count = elementCount(laid.sizes);
  const view = new DataView(storage.buffer, storage.byteOffset, storage.byteLength);
  const last = laid.sizes.reduce((at, size, axis) => at + (size - 1) * laid.strides[axis]!, laid.offset);
  if (count > 0 && (last + 1) * bytes > storage.byteLength) {
    throw new Refusal(
      'broken-model',
      `The weights "${name}" reach beyond the ${storage.byteLength} bytes that are stored for them; save the program again.`,
    );
  }
  // One number may stand for many (a stride of 0), but not for more than any layer has.
  if (count > Math.max(storage.byteLength, MOST_REPEATED)) {
    throw new Refusal(
      'model-too-big',
      `The weights "${name}" are ${count} numbers out of ${storage.byteLength} stored bytes; save the program again.`,
    );
  }
  const data = new ARRAYS[dtype](count);
  const index = laid.sizes.map(() => 0);
  for (let i = 0, at = laid.offset; i < count; i++) {
    data[i] = valueAt(view, at * bytes, dtype, stored) as never;
    for (let axis = index.length - 1; axis >= 0; axis--) {
      at += laid.strides[axis]!;
      if (++index[axis]! < laid.sizes[axis]!) break;
      at -= laid.sizes[axis]! * laid.strides[axis]!;
      index[axis] = 0;
    }
  }
  return tensor(dtype, laid.sizes, data as never);
}

function valueAt(
  view: DataView,
  at: number,
  dtype: DataType,
  stored: ElementType['stored'],
): number | bigint {
  if (stored === 'float16') return fromFloat16(view.getUint16(at, true));
  if (stored === 'bfloat16') return fromBfloat16(view.getUint16(at, true));
  if (stored === 'float64') return view.getFloat64(at, true);
  switch (dtype) {
    case 'float32':
      return view.getFloat32(at, true);
    case 'int64':
      return view.getBigInt64(at, true);
    case 'int32':
      return view.getInt32(at, true);
    case 'int16':
      return view.getInt16(at, true);
    case 'int8':
      return view.getInt8(at);
    case 'bool':
      return view.getUint8(at) ? 1 : 0;
    default:
      return view.getUint8(at);
  }
}
