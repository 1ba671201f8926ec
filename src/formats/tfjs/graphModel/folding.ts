import { elementCount, numbers, type Tensor, tensor } from '../../../graph/tensor.ts';
import { broadcastShape } from './broadcast.ts';
import { constantOf, elementsOf, type NodeSize, type NodeValue, sizePlus } from './value.ts';

/** Weights are computed once, here; larger results are left to the runtime. */
const LARGEST = 2 ** 16;

const UNARY: Readonly<Record<string, (x: number) => number>> = {
  Abs: Math.abs,
  Exp: Math.exp,
  Neg: (x) => -x,
  Reciprocal: (x) => 1 / x,
  Rsqrt: (x) => 1 / Math.sqrt(x),
  Sqrt: Math.sqrt,
  Square: (x) => x * x,
};

const BINARY: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  AddV2: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  RealDiv: (a, b) => a / b,
  FloorDiv: (a, b) => Math.floor(a / b),
  Maximum: Math.max,
  Minimum: Math.min,
};

/** The result where it can be told without running the model; undefined otherwise. */
export function foldConstants(op: string, values: readonly NodeValue[]): NodeValue | undefined {
  const constants = values.map((value) => value.constant);
  const [a, b] = constants;
  const dtype = a?.dtype;
  if (dtype !== 'float32' && dtype !== 'int64') return undefined;
  if (!constants.every((constant): constant is Tensor => constant?.dtype === dtype)) return undefined;
  const dims = broadcastShape(constants.map((constant) => constant.dims)) as number[];
  if ([dims, ...constants.map((constant) => constant.dims)].some((one) => elementCount(one) > LARGEST)) {
    return undefined;
  }
  const unary = values.length === 1 ? UNARY[op] : undefined;
  const binary = values.length === 2 ? BINARY[op] : undefined;
  if (unary) return toValue(dtype, dims, numbers(a!).map(unary));
  if (!binary) return undefined;
  const [left, right] = [spreadTo(a!, dims), spreadTo(b!, dims)];
  return toValue(
    dtype,
    dims,
    left.map((value, i) => binary(value, right[i]!)),
  );
}

function toValue(dtype: 'float32' | 'int64', dims: readonly number[], values: readonly number[]) {
  if (dtype === 'float32') return constantOf(tensor(dtype, dims, Float32Array.from(values)));
  if (!values.every(Number.isSafeInteger)) return undefined;
  return constantOf(tensor(dtype, dims, BigInt64Array.from(values, BigInt)));
}

/** The values of a tensor repeated to a larger shape. */
function spreadTo(source: Tensor, dims: readonly number[]): number[] {
  const values = numbers(source);
  const count = elementCount(dims);
  if (values.length === count) return values;
  const own = [...dims.map(() => 1).slice(source.dims.length), ...source.dims];
  return Array.from({ length: count }, (_, i) => {
    let rest = i;
    let place = 0;
    let step = 1;
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      const at = rest % dims[axis]!;
      rest = (rest - at) / dims[axis]!;
      if (own[axis] !== 1) place += at * step;
      step *= own[axis]!;
    }
    return values[place]!;
  });
}

/** Arithmetic on sizes: what stays the same under a name keeps it; undefined where more would have to be said. */
export function foldSizes(op: string, values: readonly NodeValue[]): readonly NodeSize[] | undefined {
  const [a, b] = values;
  const fold = BINARY[op];
  if (!a || !b || values.length !== 2 || !fold || a.dtype !== 'int64') return undefined;
  const [left, right] = [elementsOf(a), elementsOf(b)];
  if (!left || !right) return undefined;
  const count = Math.max(left.length, right.length);
  if (![left, right].every(({ length }) => length === count || length === 1)) return undefined;
  const elements = Array.from({ length: count }, (_, i) =>
    onSizes(op, fold, left[left.length === 1 ? 0 : i]!, right[right.length === 1 ? 0 : i]!),
  );
  return elements.every((size) => size !== undefined) ? (elements as NodeSize[]) : undefined;
}

function onSizes(
  op: string,
  fold: (a: number, b: number) => number,
  a: NodeSize,
  b: NodeSize,
): NodeSize | undefined {
  if (typeof a === 'number' && typeof b === 'number') return fold(a, b);
  if (op.startsWith('Add') && typeof b === 'number') return sizePlus(a, b);
  if (op.startsWith('Add') && typeof a === 'number') return sizePlus(b, a);
  if (op === 'Sub' && typeof b === 'number') return sizePlus(a, -b);
  const neutral =
    op === 'Mul' || op.endsWith('Div') ? 1 : op === 'Add' || op === 'AddV2' || op === 'Sub' ? 0 : null;
  if (b === neutral) return a;
  return a === neutral && op !== 'Sub' && !op.endsWith('Div') ? b : undefined;
}
