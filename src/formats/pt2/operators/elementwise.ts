import { int } from '../../../graph/attributes.ts';
import { EQUALS_SHARE } from '../../../graph/gradient/rules/notes.ts';
import { isFloat, operand, result, scalar, typeOf } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';

/** PyTorch's name → ONNX's, of what both compute alike. */
const UNARY: Readonly<Record<string, string>> = {
  abs: 'Abs',
  acos: 'Acos',
  acosh: 'Acosh',
  asin: 'Asin',
  asinh: 'Asinh',
  atan: 'Atan',
  atanh: 'Atanh',
  ceil: 'Ceil',
  cos: 'Cos',
  cosh: 'Cosh',
  erf: 'Erf',
  exp: 'Exp',
  floor: 'Floor',
  isnan: 'IsNaN',
  isinf: 'IsInf',
  log: 'Log',
  neg: 'Neg',
  reciprocal: 'Reciprocal',
  sign: 'Sign',
  sin: 'Sin',
  sinh: 'Sinh',
  sqrt: 'Sqrt',
  tan: 'Tan',
};

const COMPARISONS: Readonly<Record<string, string>> = {
  eq: 'Equal',
  ge: 'GreaterOrEqual',
  gt: 'Greater',
  le: 'LessOrEqual',
  lt: 'Less',
};

function unary(op: string): Lower {
  return (lowering) => {
    const self = lowering.tensor('self');
    const dtype = isFloat(self.dtype) || ['Abs', 'Neg', 'Sign'].includes(op) ? self.dtype : 'float32';
    const made = lowering.builder.add(op, [lowering.cast(self, dtype)]);
    return result(lowering, made, op.startsWith('Is') ? 'bool' : dtype);
  };
}

/** Half to even; to `decimals` places, as PyTorch has it, or to tens where they are negative. */
const round: Lower = (lowering) => {
  const { builder } = lowering;
  const decimals = lowering.int('decimals', 0);
  const self = lowering.tensor('self');
  if (decimals === 0 || !isFloat(self.dtype)) return unary('Round')(lowering);
  const by = scalar(lowering, 10 ** Math.abs(decimals), self.dtype);
  const [there, back] = decimals > 0 ? (['Mul', 'Div'] as const) : (['Div', 'Mul'] as const);
  const rounded = builder.add('Round', [builder.add(there, [self.tensor, by])]);
  return result(lowering, builder.add(back, [rounded, by]));
};

/** A sum or product of two, the second one times `alpha` where it is given. */
function binary(op: string): Lower {
  return (lowering) => {
    const { dtype } = lowering.output();
    const other = operand(lowering, 'other', dtype);
    const alpha = lowering.number('alpha', 1);
    const scaled = alpha === 1 ? other : lowering.builder.add('Mul', [other, scalar(lowering, alpha, dtype)]);
    return result(lowering, lowering.builder.add(op, [operand(lowering, 'self', dtype), scaled]));
  };
}

/** Of two; where they are equal, each takes half of the gradient. */
function larger(op: string): Lower {
  return (lowering) => {
    const { dtype } = lowering.output();
    const sides = [operand(lowering, 'self', dtype), operand(lowering, 'other', dtype)];
    return result(lowering, lowering.builder.addMany(op, sides, 1, {}, op, EQUALS_SHARE)[0]!);
  };
}

function comparison(op: string, negated = false): Lower {
  return (lowering) => {
    const dtype = typeOf(lowering, ['self', 'other']);
    const wide = dtype === 'bool' ? 'int64' : dtype;
    const sides = [operand(lowering, 'self', wide), operand(lowering, 'other', wide)];
    const made = lowering.builder.add(op, sides);
    return result(lowering, negated ? lowering.builder.add('Not', [made]) : made);
  };
}

/** Of truth values alone: bits of whole numbers are not read. */
function logical(op: string): Lower {
  return (lowering) => {
    const sides = (op === 'Not' ? ['self'] : ['self', 'other']).map((name) => {
      const value = lowering.tensor(name);
      if (value.dtype !== 'bool' && lowering.node.target.includes('bitwise')) {
        return lowering.refuse(`it works on the bits of ${value.dtype}`);
      }
      return lowering.cast(value, 'bool');
    });
    return result(lowering, lowering.builder.add(op, sides));
  };
}

const divide: Lower = (lowering) => {
  const { dtype } = lowering.output();
  const mode = lowering.text('rounding_mode', lowering.node.target.includes('floor_divide') ? 'floor' : '');
  const wide = isFloat(dtype) ? dtype : 'float32';
  const made = lowering.builder.add('Div', [
    operand(lowering, 'self', wide),
    operand(lowering, 'other', wide),
  ]);
  if (mode === '') return result(lowering, made, wide);
  if (mode === 'floor') return result(lowering, lowering.builder.add('Floor', [made]), wide);
  const sign = lowering.builder.add('Sign', [made]);
  const size = lowering.builder.add('Floor', [lowering.builder.add('Abs', [made])]);
  return result(lowering, lowering.builder.add('Mul', [sign, size]), wide);
};

const power: Lower = (lowering) => {
  const { dtype } = lowering.output();
  return result(
    lowering,
    lowering.builder.add('Pow', [operand(lowering, 'self', dtype), operand(lowering, 'exponent', dtype)]),
  );
};

/** Bounds may be numbers or tensors, and either may be missing. */
const clamp: Lower = (lowering) => {
  const { dtype } = lowering.output();
  let made = lowering.cast(lowering.tensor('self'), dtype);
  if (lowering.has('min')) made = lowering.builder.add('Max', [made, operand(lowering, 'min', dtype)]);
  if (lowering.has('max')) made = lowering.builder.add('Min', [made, operand(lowering, 'max', dtype)]);
  return result(lowering, made);
};

const where: Lower = (lowering) => {
  const { dtype } = lowering.output();
  const condition = lowering.cast(lowering.tensor('condition'), 'bool');
  const made = lowering.builder.add('Where', [
    condition,
    operand(lowering, 'self', dtype),
    operand(lowering, 'other', dtype),
  ]);
  return result(lowering, made);
};

const maskedFill: Lower = (lowering) => {
  const { dtype } = lowering.output();
  const made = lowering.builder.add('Where', [
    lowering.cast(lowering.tensor('mask'), 'bool'),
    operand(lowering, 'value', dtype),
    lowering.cast(lowering.tensor('self'), dtype),
  ]);
  return result(lowering, made);
};

/** A function of x that ONNX writes in a few nodes. */
const composed = (write: (lowering: Lowering, x: string) => string): Lower => {
  return (lowering) => {
    const self = lowering.tensor('self');
    const dtype = isFloat(self.dtype) ? self.dtype : 'float32';
    return result(lowering, write(lowering, lowering.cast(self, dtype)), dtype);
  };
};

const named = (rules: Readonly<Record<string, string>>, rule: (op: string) => Lower): LowerRules =>
  Object.fromEntries(Object.entries(rules).map(([name, op]) => [name, rule(op)]));

/** Arithmetic, comparisons and functions element by element, with PyTorch's promotion of types. */
export const elementwiseRules: LowerRules = {
  ...named(UNARY, unary),
  ...named(COMPARISONS, (op) => comparison(op)),
  ...named({ add: 'Add', sub: 'Sub', mul: 'Mul' }, binary),
  ...named({ minimum: 'Min', maximum: 'Max', 'min.other': 'Min', 'max.other': 'Max' }, larger),
  subtract: binary('Sub'),
  multiply: binary('Mul'),
  ne: comparison('Equal', true),
  ...named({ logical_and: 'And', logical_or: 'Or', logical_xor: 'Xor', logical_not: 'Not' }, logical),
  ...named({ bitwise_and: 'And', bitwise_or: 'Or', bitwise_xor: 'Xor', bitwise_not: 'Not' }, logical),
  ...named({ __and__: 'And', __or__: 'Or' }, logical),
  div: divide,
  divide,
  true_divide: divide,
  floor_divide: divide,
  pow: power,
  // bˣ = exp(x·log b), through which the gradient passes.
  'pow.Scalar': (lowering) => {
    const base = lowering.number('self');
    if (base <= 0) return power(lowering);
    const { builder } = lowering;
    const exponent = operand(lowering, 'exponent', 'float32');
    const scaled = builder.add('Mul', [exponent, builder.scalar(Math.log(base))]);
    return result(lowering, builder.add('Exp', [scaled]), 'float32');
  },
  round,
  clamp,
  clamp_min: clamp,
  clamp_max: clamp,
  clip: clamp,
  where,
  masked_fill: maskedFill,
  rsub: (lowering) => {
    const { dtype } = lowering.output();
    const sides = [operand(lowering, 'other', dtype), operand(lowering, 'self', dtype)];
    return result(lowering, lowering.builder.add('Sub', sides));
  },
  addcmul: (lowering) => {
    const { dtype } = lowering.output();
    const [one, two] = [operand(lowering, 'tensor1', dtype), operand(lowering, 'tensor2', dtype)];
    const product = lowering.builder.add('Mul', [one, two]);
    const scaled = lowering.builder.add('Mul', [
      product,
      scalar(lowering, lowering.number('value', 1), dtype),
    ]);
    return result(lowering, lowering.builder.add('Add', [operand(lowering, 'self', dtype), scaled]));
  },
  remainder: (lowering) => {
    // The sign of the divisor, as Python has it: x − floor(x/y)·y.
    const { dtype } = lowering.output();
    const { builder } = lowering;
    const [x, y] = [operand(lowering, 'self', dtype), operand(lowering, 'other', dtype)];
    if (!isFloat(dtype)) return result(lowering, builder.add('Mod', [x, y]));
    const whole = builder.add('Floor', [builder.add('Div', [x, y])]);
    return result(lowering, builder.add('Sub', [x, builder.add('Mul', [whole, y])]));
  },
  fmod: (lowering) => {
    const { dtype } = lowering.output();
    const sides = [operand(lowering, 'self', dtype), operand(lowering, 'other', dtype)];
    return result(lowering, lowering.builder.add('Mod', sides, { fmod: int(1) }));
  },
  square: composed(({ builder }, x) => builder.add('Mul', [x, x])),
  rsqrt: composed(({ builder }, x) => builder.add('Reciprocal', [builder.add('Sqrt', [x])])),
  log1p: composed((lowering, x) => {
    const one = scalar(lowering, 1, 'float32');
    return lowering.builder.add('Log', [lowering.builder.add('Add', [x, one])]);
  }),
  expm1: composed((lowering, x) => {
    const one = scalar(lowering, 1, 'float32');
    return lowering.builder.add('Sub', [lowering.builder.add('Exp', [x]), one]);
  }),
  log2: composed((lowering, x) =>
    lowering.builder.add('Mul', [lowering.builder.add('Log', [x]), lowering.builder.scalar(Math.LOG2E)]),
  ),
  log10: composed((lowering, x) =>
    lowering.builder.add('Mul', [lowering.builder.add('Log', [x]), lowering.builder.scalar(Math.LOG10E)]),
  ),
  exp2: composed((lowering, x) =>
    lowering.builder.add('Exp', [lowering.builder.add('Mul', [x, lowering.builder.scalar(Math.LN2)])]),
  ),
  nan_to_num: (lowering) => {
    const self = lowering.tensor('self');
    const nan = lowering.builder.scalar(lowering.number('nan', 0));
    const cleaned = lowering.builder.add('Where', [
      lowering.builder.add('IsNaN', [self.tensor]),
      nan,
      self.tensor,
    ]);
    const most = lowering.builder.scalar(lowering.number('posinf', 3.4028234663852886e38));
    const least = lowering.builder.scalar(lowering.number('neginf', -3.4028234663852886e38));
    return result(
      lowering,
      lowering.builder.add('Max', [lowering.builder.add('Min', [cleaned, most]), least]),
    );
  },
};
