import { operand, result } from '../arithmetic.ts';
import type { Lower, LowerRules } from '../lowering.ts';

/** The angle of (x, y): atan(y/x) where |x| ≥ |y|, else ±π/2 − atan(x/y), so that no quotient exceeds 1; 0 at (0, 0). */
const angle: Lower = (lowering) => {
  const { builder } = lowering;
  const [y, x] = [operand(lowering, 'self', 'float32'), operand(lowering, 'other', 'float32')];
  const number = (value: number) => builder.scalar(value);
  const add = (op: string, ...inputs: string[]) => builder.add(op, inputs);
  const wide = add('GreaterOrEqual', add('Abs', x), add('Abs', y));
  const isZero = add('And', wide, add('Equal', x, number(0)));
  const quotient = (over: string, under: string, fits: string) =>
    add('Atan', add('Div', over, add('Where', fits, under, number(1))));
  const side = add('Where', add('Less', y, number(0)), number(-Math.PI), number(Math.PI));
  const behind = add('Where', add('Less', x, number(0)), side, number(0));
  const flat = add('Add', quotient(y, x, add('And', wide, add('Not', isZero))), behind);
  const steep = add('Sub', add('Mul', side, number(0.5)), quotient(x, y, add('Not', wide)));
  return result(lowering, add('Where', isZero, number(0), add('Where', wide, flat, steep)));
};

/** x·log y, 0 where x is 0. */
const timesLog: Lower = (lowering) => {
  const { builder } = lowering;
  const [x, y] = [operand(lowering, 'self', 'float32'), operand(lowering, 'other', 'float32')];
  const isZero = builder.add('Equal', [x, builder.scalar(0)]);
  const log = builder.add('Log', [builder.add('Where', [isZero, builder.scalar(1), y])]);
  return result(lowering, builder.add('Mul', [x, log]));
};

/** −x·log x, 0 where x is 0. */
const entropy: Lower = (lowering) => {
  const { builder } = lowering;
  const { tensor } = lowering.tensor('self');
  const isZero = builder.add('Equal', [tensor, builder.scalar(0)]);
  const log = builder.add('Log', [builder.add('Where', [isZero, builder.scalar(1), tensor])]);
  return result(lowering, builder.add('Neg', [builder.add('Mul', [tensor, log])]));
};

/** Angles, and products with logarithms. */
export const angleRules: LowerRules = {
  atan2: angle,
  arctan2: angle,
  xlogy: timesLog,
  special_xlogy: timesLog,
  special_entr: entropy,
};
