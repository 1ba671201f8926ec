import { int64 } from '../../graph/tensor.ts';
import type { Lowering } from './lowering.ts';
import type { Count } from './value.ts';

type Op = 'Add' | 'Sub' | 'Mul' | 'Div' | 'Mod';

const KNOWN: Readonly<Record<Op, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => Math.floor(a / b),
  Mod: (a, b) => ((a % b) + b) % b,
};

const OPERATORS: Readonly<Record<string, Op>> = {
  '_operator.add': 'Add',
  '_operator.sub': 'Sub',
  '_operator.mul': 'Mul',
  '_operator.floordiv': 'Div',
  '_operator.mod': 'Mod',
};
const NEGATED = '_operator.neg';

/** Computes a size, not a tensor: `_operator.mul`, `math.trunc` and others. */
export function isSizeArithmetic(target: string): boolean {
  return target === NEGATED || Object.hasOwn(OPERATORS, target);
}

/** Arithmetic of sizes that are known only when the model runs. */
export function sizeArithmetic(lowering: Lowering): Count {
  const { target } = lowering.node;
  if (target === NEGATED) return sizesTogether(lowering, 'Sub', 0, lowering.size('a'));
  return sizesTogether(lowering, OPERATORS[target]!, lowering.size('a'), lowering.size('b'));
}

/** Two sizes as one; `Div` rounds down, as Python's `//` does. */
export function sizesTogether(lowering: Lowering, op: Op, a: Count, b: Count): Count {
  if (typeof a === 'number' && typeof b === 'number') return KNOWN[op](a, b);
  const { builder } = lowering;
  const tensor = (one: Count) => (typeof one === 'number' ? builder.constant(int64([1], [one])) : one.tensor);
  const shown = (one: Count) => (typeof one === 'number' ? String(one) : one.expression);
  const [x, y] = [tensor(a), tensor(b)];
  const expression = `${op}(${shown(a)}, ${shown(b)})`;
  // ONNX divides towards 0; what was taken away from may be negative.
  const isSigned = op === 'Div' && /Sub|^-/.test(expression);
  const even = isSigned ? builder.add('Sub', [x, builder.add('Mod', [x, y])]) : x;
  return { tensor: builder.add(op, [even, y]), expression };
}
