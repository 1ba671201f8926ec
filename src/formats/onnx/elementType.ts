import type { DataType } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';

/** TensorProto.DataType numbers of the element types a Graph can hold. */
const NUMBER_OF: Readonly<Record<DataType, number>> = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
  uint32: 12,
  uint64: 13,
};

/** TensorProto.DataType of ONNX. */
export const FLOAT16 = 10;
const BFLOAT16 = 16;

const TYPE_OF = new Map(Object.entries(NUMBER_OF).map(([type, number]) => [number, type as DataType]));

const UNREADABLE = new Map([
  [8, 'string'],
  [14, 'complex64'],
  [15, 'complex128'],
  [17, 'float8e4m3fn'],
  [18, 'float8e4m3fnuz'],
  [19, 'float8e5m2'],
  [20, 'float8e5m2fnuz'],
  [21, 'uint4'],
  [22, 'int4'],
  [23, 'float4e2m1'],
]);

/**
 * Half precision (float16, bfloat16) is read as float32: every such number is exact in float32.
 * @param where fit for a sentence, e.g. `Initializer w`.
 * @throws Refusal `unsupported-dtype` naming the type.
 */
export function elementType(number: number, where: string): DataType {
  const type = isHalf(number) ? 'float32' : TYPE_OF.get(number);
  if (type === undefined) {
    const name = UNREADABLE.get(number) ?? `number ${number}`;
    throw new Refusal(
      'unsupported-dtype',
      `${where} has element type ${name}, which is not supported; export the model with float32 weights.`,
    );
  }
  return type;
}

/** TensorProto.DataType of ONNX. */
export function elementTypeNumber(type: DataType): number {
  return NUMBER_OF[type];
}

/** float16 or bfloat16: read as float32. */
export function isHalf(number: number): boolean {
  return number === FLOAT16 || number === BFLOAT16;
}

/** bfloat16 is the upper half of a float32. */
export function fromBfloat16(bits: number): number {
  return new Float32Array(Uint32Array.of(bits << 16).buffer)[0]!;
}
