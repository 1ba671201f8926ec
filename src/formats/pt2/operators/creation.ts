import { type Tensor, tensor } from '../../../graph/tensor.ts';
import { operand, result, scalar, sizeAsNumber } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { Count, ProgramValue } from '../value.ts';
import { shapeTensor } from './reshaping.ts';

/** A tensor of one number. */
function filled(lowering: Lowering, sizes: readonly Count[], value: number): ProgramValue {
  const { dtype } = lowering.output();
  const one = scalar(lowering, value, dtype);
  const made = sizes.length === 0 ? one : lowering.builder.add('Expand', [one, shapeTensor(lowering, sizes)]);
  return { ...result(lowering, made), ...(value === 0 && { zero: true }) };
}

const ofSize =
  (value: number | 'given'): Lower =>
  (lowering) =>
    filled(lowering, lowering.sizes('size'), value === 'given' ? lowering.number('fill_value') : value);

const like =
  (value: number | 'given'): Lower =>
  (lowering) => {
    const self = lowering.tensor('self');
    const { dtype } = lowering.output();
    const number = value === 'given' ? lowering.number('fill_value') : value;
    const shape = lowering.builder.shapeOf(self.tensor);
    const made = lowering.builder.add('Expand', [scalar(lowering, number, dtype), shape]);
    return { ...result(lowering, made), ...(number === 0 && { zero: true }) };
  };

/** from, from + step, … up to an end, of which one is known only when the model runs. */
function countedTo(lowering: Lowering, from: Count, end: Count, step: number): ProgramValue {
  const isWhole = (one: Count) => (typeof one === 'number' ? Number.isInteger(one) : !one.isFraction);
  if (step === 0 || ![from, end, step].every(isWhole))
    return lowering.refuse('it counts in fractions to a computed size');
  const whole = (one: Count) =>
    typeof one === 'number' ? scalar(lowering, one, 'int64') : sizeAsNumber(lowering, one, 'int64');
  const { builder } = lowering;
  if (step > 0)
    return result(lowering, builder.add('Range', [whole(from), whole(end), whole(step)]), 'int64');
  // ONNX Runtime makes a Slice of a Range that something is picked by, and in a Slice an end of -1 is the last step.
  const way = builder.add('Sub', [whole(from), whole(end)]);
  const count = builder.add('Div', [builder.add('Add', [way, whole(-step - 1)]), whole(-step)]);
  const counted = builder.add('Range', [whole(0), count, whole(1)]);
  const made = builder.add('Add', [builder.add('Mul', [counted, whole(step)]), whole(from)]);
  return result(lowering, made, 'int64');
}

const arange: Lower = (lowering) => {
  const { dtype } = lowering.output();
  const step = lowering.number('step', 1);
  if (lowering.computedSize('start') || lowering.computedSize('end'))
    return countedTo(lowering, lowering.size('start', 0), lowering.size('end'), step);
  const from = lowering.number('start', 0);
  const count = Math.ceil((lowering.number('end') - from) / step);
  const numbers = lowering.listed(count, (i) => from + i * step);
  return result(lowering, lowering.builder.constant(asType(numbers, dtype, lowering)));
};

/** `steps` numbers evenly from start to end, both among them. */
const linspace: Lower = (lowering) => {
  const [from, to, count] = [lowering.number('start'), lowering.number('end'), lowering.int('steps')];
  const numbers = lowering.listed(count, (i) => from + ((to - from) * i) / Math.max(1, count - 1));
  return result(lowering, lowering.builder.constant(asType(numbers, lowering.output().dtype, lowering)));
};

function asType(numbers: readonly number[], dtype: string, lowering: Lowering): Tensor {
  if (dtype === 'float32') return tensor('float32', [numbers.length], Float32Array.from(numbers));
  if (dtype === 'int64')
    return tensor(
      'int64',
      [numbers.length],
      BigInt64Array.from(numbers, (n) => BigInt(Math.trunc(n))),
    );
  return lowering.refuse(`it makes numbers of type ${dtype}`);
}

/** Tensors of one number, ranges, and zeros like another. */
export const creationRules: LowerRules = {
  zeros: ofSize(0),
  ones: ofSize(1),
  full: ofSize('given'),
  empty: ofSize(0),
  new_zeros: ofSize(0),
  new_ones: ofSize(1),
  new_full: ofSize('given'),
  zeros_like: like(0),
  ones_like: like(1),
  full_like: like('given'),
  empty_like: like(0),
  'fill.Tensor': (lowering) => {
    const { dtype } = lowering.output();
    const value = lowering.cast(lowering.tensor('value'), dtype);
    return result(lowering, lowering.builder.expandLike(value, lowering.tensor('self').tensor));
  },
  fill: like('given'),
  zero: like(0),
  scalar_tensor: (lowering) => {
    const { dtype } = lowering.output();
    return result(lowering, operand(lowering, 's', dtype));
  },
  arange,
  linspace,
};
