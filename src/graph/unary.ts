/** Operators of one value, element by element; true where 0 stays 0. Those that others make up are in composites.ts. */
export const UNARY: Readonly<Record<string, boolean>> = {
  ...{ Abs: true, Asin: true, Asinh: true, Atan: true, Atanh: true, Cast: true },
  ...{ Ceil: true, Dropout: true, Elu: true, Erf: true, Floor: true, Identity: true },
  ...{ LeakyRelu: true, Neg: true, Relu: true, Round: true, Sign: true, Sin: true },
  ...{ Sinh: true, Tan: true, Tanh: true, Trilu: true },
  ...{ Acos: false, Acosh: false, BatchNormalization: false, CastLike: false, Clip: false, Cos: false },
  ...{ Cosh: false, DequantizeLinear: false, Exp: false, IsInf: false, IsNaN: false, LRN: false },
  ...{ Log: false, Not: false, QuantizeLinear: false, Reciprocal: false, Sigmoid: false, Softplus: false },
  ...{ Sqrt: false },
};
