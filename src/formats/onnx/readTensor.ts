import { fromFloat16 } from '../../graph/halfPrecision.ts';
import { ARRAYS, type DataType, elementCount, type Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import { elementType, FLOAT16, fromBfloat16, isHalf } from './elementType.ts';
import { type ExternalFiles, externalBytes } from './externalData.ts';
import { type TensorProto, toBigInt, toNumber } from './schema.ts';

/**
 * @param where fit for a sentence, e.g. `Initializer w`.
 * @throws Refusal `broken-model` where shape and content disagree (nothing is allocated by the shape alone),
 *   `unsupported-dtype`, or the refusals of external data.
 */
export function readTensor(proto: TensorProto, where: string, external?: ExternalFiles): Tensor {
  const dims = proto.dims.map(toNumber);
  const type = elementType(proto.dataType, where);
  const count = elementCount(dims);
  if (dims.some((dim) => dim < 0) || !Number.isSafeInteger(count)) {
    throw new Refusal('broken-model', `${where} has the impossible shape [${dims.join(', ')}].`);
  }
  const data = hasRawBytes(proto)
    ? fromBytes(proto, type, count, where, external)
    : fromFields(proto, type, count, where, dims);
  return { dtype: type, dims, data };
}

function hasRawBytes(proto: TensorProto): boolean {
  return proto.dataLocation === 1 || proto.rawData.length > 0;
}

function fromBytes(
  proto: TensorProto,
  type: DataType,
  count: number,
  where: string,
  external?: ExternalFiles,
): Tensor['data'] {
  const half = isHalf(proto.dataType);
  const size = half ? 2 : ARRAYS[type].BYTES_PER_ELEMENT;
  const bytes =
    proto.dataLocation === 1
      ? externalBytes(proto.externalData, count * size, where, external)
      : proto.rawData;
  if (bytes.length !== count * size) {
    throw sizeMismatch(where, proto.dims.map(toNumber), count * size, bytes.length, 'bytes');
  }
  // A copy: the bytes of a protobuf field rarely start on a multiple of the element size.
  const buffer = new Uint8Array(bytes).buffer;
  return half ? fromHalf(new Uint16Array(buffer), proto.dataType) : new ARRAYS[type](buffer);
}

function fromFields(
  proto: TensorProto,
  type: DataType,
  count: number,
  where: string,
  dims: readonly number[],
): Tensor['data'] {
  const values = fieldValues(proto, type);
  if (values.length !== count) {
    throw sizeMismatch(where, dims, count, values.length, 'values');
  }
  if (isHalf(proto.dataType)) {
    return fromHalf(Uint16Array.from(values as number[]), proto.dataType);
  }
  if (type === 'int64') {
    return BigInt64Array.from(values, toBigInt);
  }
  if (type === 'uint64') {
    return BigUint64Array.from(values, toBigInt);
  }
  return ARRAYS[type].from(values.map(toNumber));
}

function fieldValues(proto: TensorProto, type: DataType): TensorProto['int64Data'] {
  if (isHalf(proto.dataType)) {
    return proto.int32Data;
  }
  switch (type) {
    case 'float32':
      return proto.floatData;
    case 'float64':
      return proto.doubleData;
    case 'int64':
      return proto.int64Data;
    case 'uint32':
    case 'uint64':
      return proto.uint64Data;
    default:
      return proto.int32Data;
  }
}

function fromHalf(bits: Uint16Array, dataType: number): Float32Array {
  return Float32Array.from(bits, dataType === FLOAT16 ? fromFloat16 : fromBfloat16);
}

function sizeMismatch(where: string, dims: readonly number[], expected: number, found: number, unit: string) {
  return new Refusal(
    'broken-model',
    `${where} has shape [${dims.join(', ')}], which needs ${expected} ${unit}, but holds ${found}; ` +
      'the file is damaged, export the model again.',
  );
}
