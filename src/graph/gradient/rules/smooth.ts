import { textOf } from '../../attributes.ts';
import { unary } from '../broadcast.ts';
import type { Rule, Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { divide, minus, multiply, plus, scalar, square } from '../terms.ts';

/** Smooth functions of one input; where it is cheaper the slope is written in terms of the output. */
export const smoothRules: Rules = {
  Sigmoid: slope((step) => sigmoidSlope(step, step.output)),
  Tanh: slope((step) => oneMinusSquare(step, step.output)),
  Softplus: slope((step) => step.builder.add('Sigmoid', [step.input(0)])),
  Exp: slope((step) => step.output),
  Log: unary((step) => divide(step, step.gradient, step.input(0))),
  Sqrt: unary((step) => divide(step, multiply(step, step.gradient, scalar(step, 0.5)), step.output)),
  Reciprocal: slope((step) => step.builder.add('Neg', [square(step, step.output)])),
  Sin: slope((step) => step.builder.add('Cos', [step.input(0)])),
  Cos: slope((step) => step.builder.add('Neg', [step.builder.add('Sin', [step.input(0)])])),
  Tan: slope((step) => plus(step, scalar(step, 1), square(step, step.output))),
  Sinh: slope((step) => step.builder.add('Cosh', [step.input(0)])),
  Cosh: slope((step) => step.builder.add('Sinh', [step.input(0)])),
  Atan: unary((step) =>
    divide(step, step.gradient, plus(step, scalar(step, 1), square(step, step.input(0)))),
  ),
  Asin: unary((step) => divide(step, step.gradient, root(step, oneMinusSquare(step, step.input(0))))),
  Acos: unary((step) =>
    step.builder.add('Neg', [divide(step, step.gradient, root(step, oneMinusSquare(step, step.input(0))))]),
  ),
  Asinh: unary((step) =>
    divide(step, step.gradient, root(step, plus(step, square(step, step.input(0)), scalar(step, 1)))),
  ),
  Acosh: unary((step) =>
    divide(step, step.gradient, root(step, minus(step, square(step, step.input(0)), scalar(step, 1)))),
  ),
  Atanh: unary((step) => divide(step, step.gradient, oneMinusSquare(step, step.input(0)))),
  Erf: slope((step) => {
    const bell = step.builder.add('Exp', [step.builder.add('Neg', [square(step, step.input(0))])]);
    return multiply(step, bell, scalar(step, 2 / Math.sqrt(Math.PI)));
  }),
  Mish: slope(mishSlope),
  Gelu: slope((step) =>
    textOf(step.node, 'approximate') === 'tanh' ? geluTanhSlope(step) : geluSlope(step),
  ),
};

function slope(of: (step: Step) => string): Rule {
  return unary((step) => multiply(step, step.gradient, of(step)));
}

function sigmoidSlope(step: Step, s: string): string {
  return multiply(step, s, minus(step, scalar(step, 1), s));
}

function root(step: Step, x: string): string {
  return step.builder.add('Sqrt', [x]);
}

function oneMinusSquare(step: Step, x: string): string {
  return minus(step, scalar(step, 1), square(step, x));
}

/** d (x·t) = t + x·(1 − t²)·σ(x), t = tanh(softplus(x)). */
function mishSlope(step: Step): string {
  const x = step.input(0);
  const t = step.builder.add('Tanh', [step.builder.add('Softplus', [x])]);
  const inner = multiply(step, oneMinusSquare(step, t), step.builder.add('Sigmoid', [x]));
  return plus(step, t, multiply(step, x, inner));
}

/** d (x·Φ(x)) = Φ(x) + x·φ(x). */
function geluSlope(step: Step): string {
  const x = step.input(0);
  const erf = step.builder.add('Erf', [multiply(step, x, scalar(step, Math.SQRT1_2))]);
  const share = multiply(step, scalar(step, 0.5), plus(step, scalar(step, 1), erf));
  const bell = step.builder.add('Exp', [multiply(step, scalar(step, -0.5), square(step, x))]);
  return plus(step, share, multiply(step, x, multiply(step, bell, scalar(step, 1 / Math.sqrt(2 * Math.PI)))));
}

/** ½(1 + t) + ½x(1 − t²)·u', t = tanh(u), u = √(2/π)(x + 0.044715x³). */
function geluTanhSlope(step: Step): string {
  const x = step.input(0);
  const factor = Math.sqrt(2 / Math.PI);
  const squared = square(step, x);
  const along = (cubic: number) =>
    multiply(
      step,
      scalar(step, factor),
      plus(step, scalar(step, 1), multiply(step, squared, scalar(step, cubic))),
    );
  const t = step.builder.add('Tanh', [multiply(step, x, along(0.044715))]);
  const half = scalar(step, 0.5);
  const rising = multiply(
    step,
    multiply(step, half, x),
    multiply(step, oneMinusSquare(step, t), along(3 * 0.044715)),
  );
  return plus(step, multiply(step, half, plus(step, scalar(step, 1), t)), rising);
}
