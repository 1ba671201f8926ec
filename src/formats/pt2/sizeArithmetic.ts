import { int } from '../../graph/attributes.ts';
import { int64, tensor as makeTensor } from '../../graph/tensor.ts';
import type { Lowering } from './lowering.ts';
import type { Count } from './value.ts';

type Op = 'Add' | 'Sub' | 'Mul' | 'Div' | 'Mod';
type Pair = Op | 'TrueDiv' | 'Pow' | 'Min' | 'Max';
type Alone = 'Neg' | 'Float' | 'Trunc' | 'Floor' | 'Ceil' | 'Round' | 'Sqrt';

const KNOWN: Readonly<Record<Pair, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => Math.floor(a / b),
  Mod: (a, b) => ((a % b) + b) % b,
  TrueDiv: (a, b) => a / b,
  Pow: (a, b) => a ** b,
  Min: Math.min,
  Max: Math.max,
};
const PAIRS: Readonly<Record<string, Pair>> = {
  '_operator.add': 'Add',
  '_operator.sub': 'Sub',
  '_operator.mul': 'Mul',
  '_operator.floordiv': 'Div',
  '_operator.mod': 'Mod',
  '_operator.truediv': 'TrueDiv',
  '_operator.pow': 'Pow',
  'torch.sym_min': 'Min',
  'torch.sym_max': 'Max',
};
const ALONE: Readonly<Record<string, Alone>> = {
  '_operator.neg': 'Neg',
  'torch.sym_float': 'Float',
  'torch.sym_int': 'Trunc',
  'math.trunc': 'Trunc',
  'math.floor': 'Floor',
  'math.ceil': 'Ceil',
  'builtins.round': 'Round',
  '_operator.round': 'Round',
  'torch._sym_sqrt': 'Sqrt',
  'math.sqrt': 'Sqrt',
};
/** What ONNX calls float64 and int64. */
const [DOUBLE, WHOLE] = [11, 7];

/** Computes a size, or a number of sizes, not a tensor: `_operator.mul`, `math.trunc` and others. */
export function isSizeArithmetic(target: string): boolean {
  return Object.hasOwn(ALONE, target) || Object.hasOwn(PAIRS, target);
}

/** Compares sizes, which an assertion reads; anything else that does finds nothing. */
export function isSizeComparison(target: string): boolean {
  return /^_operator\.([gl][te]|eq|ne)$/.test(target);
}

/** Arithmetic of sizes that are known only when the model runs; fractions in float64, as Python has them. */
export function sizeArithmetic(lowering: Lowering): Count {
  const { target, inputs } = lowering.node;
  const [a, b] = [...inputs.keys()].map((name) => lowering.size(name));
  if (a === undefined) return lowering.refuse('it has no argument');
  const alone = Object.hasOwn(ALONE, target) ? ALONE[target]! : undefined;
  if (alone !== undefined)
    return alone === 'Neg' ? sizesTogether(lowering, 'Sub', 0, a) : ofOne(lowering, alone, a);
  return b === undefined
    ? lowering.refuse('it has one argument')
    : sizesTogether(lowering, PAIRS[target]!, a, b);
}

const ROUNDS = { Floor: Math.floor, Ceil: Math.ceil, Trunc: Math.trunc } as const;

function ofOne(lowering: Lowering, op: Exclude<Alone, 'Neg'>, a: Count): Count {
  const { builder } = lowering;
  if (typeof a === 'number') {
    if (op === 'Sqrt') return Math.sqrt(a);
    if (op === 'Float') return a;
    return op === 'Round' ? halfToEven(a) : ROUNDS[op](a);
  }
  const expression = `${op}(${a.expression})`;
  if (op === 'Float' || op === 'Sqrt') {
    const made = asFraction(lowering, a);
    return { tensor: op === 'Sqrt' ? builder.add('Sqrt', [made]) : made, expression, isFraction: true };
  }
  if (!a.isFraction) return a;
  const rounded = op === 'Trunc' ? a.tensor : builder.add(op, [a.tensor]);
  return { tensor: builder.add('Cast', [rounded], { to: int(WHOLE) }), expression };
}

function halfToEven(a: number): number {
  const floor = Math.floor(a);
  return a - floor === 0.5 ? 2 * Math.round(floor / 2) : Math.round(a);
}

function asFraction({ builder }: Lowering, a: Count): string {
  if (typeof a === 'number') return builder.constant(makeTensor('float64', [1], Float64Array.of(a)));
  return a.isFraction ? a.tensor : builder.add('Cast', [a.tensor], { to: int(DOUBLE) });
}

/** Two sizes as one; `Div` rounds down, as Python's `//` does. */
export function sizesTogether(lowering: Lowering, op: Pair, a: Count, b: Count): Count {
  if (typeof a === 'number' && typeof b === 'number') return KNOWN[op](a, b);
  const { builder } = lowering;
  const shown = (one: Count) => (typeof one === 'number' ? String(one) : one.expression);
  const expression = `${op}(${shown(a)}, ${shown(b)})`;
  if (op === 'TrueDiv' || [a, b].some(hasFraction)) return fractions(lowering, op, a, b, expression);
  const tensor = (one: Count) => (typeof one === 'number' ? builder.constant(int64([1], [one])) : one.tensor);
  const [x, y] = [tensor(a), tensor(b)];
  // ONNX divides towards 0; what was taken away from may be negative.
  const isSigned = op === 'Div' && /Sub|^-/.test(expression);
  const even = isSigned ? builder.add('Sub', [x, builder.add('Mod', [x, y])]) : x;
  return { tensor: builder.add(op, [even, y]), expression };
}

function hasFraction(one: Count): boolean {
  return typeof one === 'number' ? !Number.isInteger(one) : one.isFraction === true;
}

function fractions(lowering: Lowering, op: Pair, a: Count, b: Count, expression: string): Count {
  const { builder } = lowering;
  const [x, y] = [asFraction(lowering, a), asFraction(lowering, b)];
  const whole = () => builder.add('Floor', [builder.add('Div', [x, y])]);
  const tensor =
    op === 'Div'
      ? whole()
      : op === 'Mod'
        ? builder.add('Sub', [x, builder.add('Mul', [whole(), y])])
        : builder.add(op === 'TrueDiv' ? 'Div' : op, [x, y]);
  return { tensor, expression, isFraction: true };
}
