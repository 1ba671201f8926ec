import { slope, unary } from '../broadcast.ts';
import type { Rules } from '../rule.ts';

/** Smooth functions of one input; where it is cheaper the slope is written in terms of the output. */
export const smoothRules: Rules = {
  Sigmoid: slope(({ y }) => y.times(y.oneMinus())),
  Tanh: slope(({ y }) => y.squared().oneMinus()),
  Softplus: slope(({ x }) => x.of('Sigmoid')),
  Exp: slope(({ y }) => y),
  Log: unary(({ dy, x }) => dy.over(x)),
  Sqrt: unary(({ dy, y }) => dy.times(0.5).over(y)),
  Reciprocal: slope(({ y }) => y.squared().negated()),
  Sin: slope(({ x }) => x.of('Cos')),
  Cos: slope(({ x }) => x.of('Sin').negated()),
  Tan: slope(({ y }) => y.squared().plus(1)),
  Sinh: slope(({ x }) => x.of('Cosh')),
  Cosh: slope(({ x }) => x.of('Sinh')),
  Atan: unary(({ dy, x }) => dy.over(x.squared().plus(1))),
  Asin: unary(({ dy, x }) => dy.over(x.squared().oneMinus().root())),
  Acos: unary(({ dy, x }) => dy.over(x.squared().oneMinus().root()).negated()),
  Asinh: unary(({ dy, x }) => dy.over(x.squared().plus(1).root())),
  Acosh: unary(({ dy, x }) => dy.over(x.squared().minus(1).root())),
  Atanh: unary(({ dy, x }) => dy.over(x.squared().oneMinus())),
  Erf: slope(({ x }) =>
    x
      .squared()
      .negated()
      .of('Exp')
      .times(2 / Math.sqrt(Math.PI)),
  ),
};
