import { int } from '../../graph/attributes.ts';
import type { DataType } from '../../graph/tensor.ts';
import { tensor as makeTensor } from '../../graph/tensor.ts';
import type { Lowering } from './lowering.ts';
import type { ComputedCount, ProgramValue } from './value.ts';

/** Which of two element types PyTorch computes in. */
const RANK: readonly DataType[] = ['bool', 'uint8', 'int8', 'int16', 'int32', 'int64', 'float32', 'float64'];

/** The type that PyTorch computes in where operands of these meet. */
export function promoted(...types: readonly DataType[]): DataType {
  return types.reduce((most, type) => (RANK.indexOf(type) > RANK.indexOf(most) ? type : most));
}

/** float16 and bfloat16 have become float32 by then. */
export function isFloat(dtype: DataType): boolean {
  return dtype === 'float32' || dtype === 'float64';
}

/** A tensor argument or a number, as a tensor of the type that is computed in. */
export function operand(lowering: Lowering, name: string, dtype: DataType, fallback?: number): string {
  const value = lowering.optional(name);
  if (value) return lowering.cast(value, dtype);
  const size = lowering.computedSize(name);
  if (size) return sizeAsNumber(lowering, size, dtype);
  return scalar(lowering, lowering.number(name, fallback), dtype);
}

/** A size that is known only when the model runs, as a number of an element type. */
export function sizeAsNumber(
  lowering: Lowering,
  { tensor, isFraction }: ComputedCount,
  to: DataType,
): string {
  const from = isFraction ? 'float64' : 'int64';
  return lowering.cast({ tensor: lowering.builder.squeeze(tensor, [0]), dtype: from, dims: [] }, to);
}

/** How many positions an axis has when the model runs, an int64 scalar. */
export function axisLength({ builder }: Lowering, tensor: string, axis: number): string {
  const at = builder.constant(makeTensor('int64', [], BigInt64Array.of(BigInt(axis))));
  return builder.add('Gather', [builder.shapeOf(tensor), at], { axis: int(0) });
}

/** The same, or what is written of it, as an int64 tensor [1]. */
export function axisCount(lowering: Lowering, { tensor, dims }: ProgramValue, axis: number): string {
  const { builder } = lowering;
  const size = dims[axis];
  return typeof size === 'number'
    ? builder.ints([size])
    : builder.unsqueeze(axisLength(lowering, tensor, axis), [0]);
}

/** A number of an element type. */
export function scalar({ builder }: Lowering, value: number, dtype: DataType): string {
  if (dtype === 'float32') return builder.scalar(value);
  const data = dtype === 'int64' ? BigInt64Array.of(BigInt(Math.trunc(value))) : Float64Array.of(value);
  if (dtype === 'int64' || dtype === 'float64') return builder.constant(makeTensor(dtype, [], data as never));
  const whole = makeTensor('int64', [], BigInt64Array.of(BigInt(Math.trunc(value))));
  return builder.add('Cast', [builder.constant(whole)], { to: { kind: 'int', value: CODES[dtype] ?? 1 } });
}

const CODES: Partial<Readonly<Record<DataType, number>>> = { bool: 9, int32: 6, uint8: 2, int8: 3, int16: 5 };

/** The first output, as it was traced. */
export function result(lowering: Lowering, tensor: string, from?: DataType): ProgramValue {
  const { dims, dtype } = lowering.output();
  const made = from && from !== dtype ? lowering.cast({ tensor, dtype: from, dims }, dtype) : tensor;
  return { tensor: made, dims, dtype };
}

/** The type an argument has, or that a number takes beside tensors. */
export function typeOf(lowering: Lowering, names: readonly string[]): DataType {
  const tensors = names.flatMap((name) => lowering.optional(name)?.dtype ?? []);
  const numbers = names.filter((name) => lowering.optional(name) === undefined && lowering.has(name));
  const highest = tensors.length ? promoted(...tensors) : 'int64';
  const fraction = numbers.some((name) => {
    const size = lowering.computedSize(name);
    return size ? size.isFraction : !Number.isInteger(lowering.number(name));
  });
  return fraction && !isFloat(highest) ? 'float32' : highest;
}
