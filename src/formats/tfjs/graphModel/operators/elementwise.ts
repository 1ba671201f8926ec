import { float32, tensor } from '../../../../graph/tensor.ts';
import { activation } from '../activation.ts';
import { elementwise } from '../emitElementwise.ts';
import { foldConstants, foldSizes } from '../folding.ts';
import { inputAt, type LowerNode, type NodeLowering, type NodeRules, unsupported } from '../lower.ts';
import { numberOf, typeOf } from '../nodeAttributes.ts';
import { constantOf, type NodeValue, wholeNumbers } from '../value.ts';

/** TensorFlow's name → ONNX's, of what both compute alike. */
const UNARY: Readonly<Record<string, string>> = {
  Abs: 'Abs',
  Acos: 'Acos',
  Acosh: 'Acosh',
  Asin: 'Asin',
  Asinh: 'Asinh',
  Atan: 'Atan',
  Atanh: 'Atanh',
  Ceil: 'Ceil',
  Cos: 'Cos',
  Cosh: 'Cosh',
  Erf: 'Erf',
  Exp: 'Exp',
  Floor: 'Floor',
  Inv: 'Reciprocal',
  Log: 'Log',
  Neg: 'Neg',
  Reciprocal: 'Reciprocal',
  Round: 'Round',
  Sign: 'Sign',
  Sin: 'Sin',
  Sinh: 'Sinh',
  Sqrt: 'Sqrt',
  Tan: 'Tan',
};
const BINARY: Readonly<Record<string, string>> = {
  Add: 'Add',
  AddV2: 'Add',
  Div: 'Div',
  Maximum: 'Max',
  Minimum: 'Min',
  Mul: 'Mul',
  Pow: 'Pow',
  RealDiv: 'Div',
  Sub: 'Sub',
};
const COMPARISONS: Readonly<Record<string, string>> = {
  Equal: 'Equal',
  Greater: 'Greater',
  GreaterEqual: 'GreaterOrEqual',
  Less: 'Less',
  LessEqual: 'LessOrEqual',
  LogicalAnd: 'And',
  LogicalOr: 'Or',
};
const TESTS: Readonly<Record<string, string>> = { IsInf: 'IsInf', IsNan: 'IsNaN', LogicalNot: 'Not' };

const both = (lowering: NodeLowering) => [inputAt(lowering, 0), inputAt(lowering, 1)] as const;
const number = (value: number): NodeValue => constantOf(float32([], [value]));

/** A shape has fewer axes. */
const MOST_NAMED = 16;

/** A rule that first tries to know the result without running the model. */
function folding(count: number, rule: LowerNode): LowerNode {
  return (lowering) => {
    const values = Array.from({ length: count }, (_, i) => inputAt(lowering, i));
    const constant = foldConstants(lowering.node.op, values);
    if (constant) return constant;
    const elements = foldSizes(lowering.node.op, values);
    const scalar = values.every((value) => value.shape.length === 0);
    if (elements?.every((size) => typeof size === 'number'))
      return wholeNumbers(elements as number[], scalar);
    const result = rule(lowering) as NodeValue;
    return elements ? { ...result, elements } : withSizes(lowering, result);
  };
}

/** Whole numbers nothing is known about get names, so that it shows where the same ones are used again. */
function withSizes({ emit }: NodeLowering, value: NodeValue): NodeValue {
  const [count = 1] = value.shape;
  const short = value.shape.length <= 1 && typeof count === 'number' && count <= MOST_NAMED;
  if (value.dtype !== 'int64' || !short) return value;
  return { ...value, elements: Array.from({ length: count }, () => emit.size()) };
}

function renamed(names: Readonly<Record<string, string>>, count: number, dtype?: 'bool'): NodeRules {
  const rule = (op: string): LowerNode =>
    folding(count, (lowering) => {
      const values = Array.from({ length: count }, (_, i) => inputAt(lowering, i));
      return elementwise(lowering, op, values, { dtype });
    });
  return Object.fromEntries(Object.entries(names).map(([name, op]) => [name, rule(op)]));
}

const activations: LowerNode = (lowering) => {
  const { node, inputs } = lowering;
  const leak = numberOf(node, 'alpha', 0.2);
  const result = activation(lowering, node.op, inputAt(lowering, 0), { leak, slope: inputs[1] });
  if (result === undefined) throw unsupported(lowering, 'lacks its slopes');
  return result;
};

const floorDiv: LowerNode = (lowering) => {
  const [a, b] = both(lowering);
  const whole = a.dtype === 'int64';
  const float = (value: NodeValue) => (whole ? cast(lowering, value, 'float64') : value);
  const quotient = elementwise(lowering, 'Div', [float(a), float(b)], { as: 'aside' });
  const result = elementwise(lowering, 'Floor', [quotient]);
  return whole ? cast(lowering, result, 'int64') : result;
};

/** With the sign of the divisor. */
const floorMod: LowerNode = (lowering) => {
  const [a, b] = both(lowering);
  if (a.dtype === 'int64') return elementwise(lowering, 'Mod', [a, b]);
  const quotient = elementwise(lowering, 'Div', [a, b], { as: 'aside' });
  const floor = elementwise(lowering, 'Floor', [quotient], { as: 'aside' });
  return elementwise(lowering, 'Sub', [a, elementwise(lowering, 'Mul', [floor, b], { as: 'aside' })]);
};

/** 0 where the divisor is 0. */
const divNoNan: LowerNode = (lowering) => {
  const [a, b] = both(lowering);
  const isZero = elementwise(lowering, 'Equal', [b, number(0)], { dtype: 'bool', as: 'aside' });
  const divisor = elementwise(lowering, 'Where', [isZero, number(1), b], { dtype: a.dtype, as: 'aside' });
  const quotient = elementwise(lowering, 'Div', [a, divisor], { as: 'aside' });
  return elementwise(lowering, 'Where', [isZero, number(0), quotient], { dtype: a.dtype });
};

const squaredDifference: LowerNode = (lowering) => {
  const apart = elementwise(lowering, 'Sub', both(lowering), { as: 'aside' });
  return elementwise(lowering, 'Pow', [apart, number(2)]);
};

const addAll: LowerNode = (lowering) => {
  inputAt(lowering, 0);
  return elementwise(lowering, 'Sum', lowering.inputs);
};

const clipByValue: LowerNode = (lowering) => {
  const least = elementwise(lowering, 'Max', both(lowering), { as: 'aside' });
  return elementwise(lowering, 'Min', [least, inputAt(lowering, 2)]);
};

/** `Select` of old takes a vector of conditions, one per row. */
const select: LowerNode = (lowering) => {
  const [condition, a, b] = [inputAt(lowering, 0), inputAt(lowering, 1), inputAt(lowering, 2)];
  const rows = lowering.node.op === 'Select' && condition.shape.length === 1 && a.shape.length > 1;
  const shape = rows ? [...condition.shape, ...a.shape.slice(1).map(() => 1)] : condition.shape;
  if (rows && condition.constant) throw unsupported(lowering, 'chooses rows by a fixed list');
  return elementwise(lowering, 'Where', [{ ...condition, shape }, a, b], { dtype: a.dtype });
};

/** Constants stay constants. */
export function cast(
  lowering: Pick<NodeLowering, 'emit'>,
  value: NodeValue,
  dtype: NodeValue['dtype'],
): NodeValue {
  if (value.dtype === dtype) return value;
  const from = value.constant;
  if (from?.dtype === 'int64' && dtype === 'float32') {
    return constantOf(tensor('float32', from.dims, Float32Array.from(from.data as BigInt64Array, Number)));
  }
  return {
    ...value,
    dtype,
    tensor: lowering.emit.cast(lowering.emit.arranged(value, value.order), dtype),
    constant: undefined,
  };
}

const one = (lowering: NodeLowering) => inputAt(lowering, 0);

/** Functions, arithmetic, comparisons and tests element by element. */
export const elementwiseRules: NodeRules = {
  ...renamed(UNARY, 1),
  ...renamed(BINARY, 2),
  ...renamed(COMPARISONS, 2, 'bool'),
  ...renamed(TESTS, 1, 'bool'),
  AddN: addAll,
  Cast: (lowering) => cast(lowering, one(lowering), typeOf(lowering.node, 'DstT', 'float32')),
  ClipByValue: clipByValue,
  DivNoNan: divNoNan,
  Elu: activations,
  Erfc: (lowering) =>
    elementwise(lowering, 'Sub', [number(1), elementwise(lowering, 'Erf', [one(lowering)], { as: 'aside' })]),
  Expm1: (lowering) =>
    elementwise(lowering, 'Sub', [elementwise(lowering, 'Exp', [one(lowering)], { as: 'aside' }), number(1)]),
  FloorDiv: folding(2, floorDiv),
  FloorMod: folding(2, floorMod),
  LeakyRelu: activations,
  Log1p: (lowering) =>
    elementwise(lowering, 'Log', [elementwise(lowering, 'Add', [one(lowering), number(1)], { as: 'aside' })]),
  NotEqual: (lowering) =>
    elementwise(lowering, 'Not', [
      elementwise(lowering, 'Equal', both(lowering), { dtype: 'bool', as: 'aside' }),
    ]),
  Prelu: activations,
  Relu: activations,
  Relu6: activations,
  Rsqrt: folding(1, (lowering) =>
    elementwise(lowering, 'Reciprocal', [elementwise(lowering, 'Sqrt', [one(lowering)], { as: 'aside' })]),
  ),
  Select: select,
  SelectV2: select,
  Selu: activations,
  Sigmoid: activations,
  Softplus: activations,
  Softsign: activations,
  Square: folding(1, (lowering) => elementwise(lowering, 'Pow', [one(lowering), number(2)])),
  SquaredDifference: squaredDifference,
  Tanh: activations,
};
