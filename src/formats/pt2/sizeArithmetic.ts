import { int64 } from '../../graph/tensor.ts';
import type { Lowering } from './lowering.ts';
import type { Count } from './value.ts';

const OPERATORS: Readonly<
  Record<string, { readonly op: string; readonly known: (a: number, b: number) => number }>
> = {
  '_operator.add': { op: 'Add', known: (a, b) => a + b },
  '_operator.sub': { op: 'Sub', known: (a, b) => a - b },
  '_operator.mul': { op: 'Mul', known: (a, b) => a * b },
  // Sizes are not negative, so rounding down is what integer division does.
  '_operator.floordiv': { op: 'Div', known: (a, b) => Math.floor(a / b) },
  '_operator.mod': { op: 'Mod', known: (a, b) => ((a % b) + b) % b },
};

/** Computes a size, not a tensor: `_operator.mul`, `math.trunc` and others. */
export function isSizeArithmetic(target: string): boolean {
  return Object.hasOwn(OPERATORS, target);
}

/** Arithmetic of sizes that are known only when the model runs. */
export function sizeArithmetic(lowering: Lowering): Count {
  const { op, known } = OPERATORS[lowering.node.target]!;
  const [a, b] = [lowering.size('a'), lowering.size('b')];
  if (typeof a === 'number' && typeof b === 'number') return known(a, b);
  const tensor = (one: Count) =>
    typeof one === 'number' ? lowering.builder.constant(int64([1], [one])) : one.tensor;
  const shown = (one: Count) => (typeof one === 'number' ? String(one) : one.expression);
  return {
    tensor: lowering.builder.add(op, [tensor(a), tensor(b)]),
    expression: `${op}(${shown(a)}, ${shown(b)})`,
  };
}
