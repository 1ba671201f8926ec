import { result } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';

/** (Σ |x|ᵖ)^(1/p) over axes. */
function sized(lowering: Lowering, x: string, axes: readonly number[], keep: boolean, order: number): string {
  const { builder } = lowering;
  if (order === 1 || order === 2) return builder.reduce(order === 1 ? 'ReduceL1' : 'ReduceL2', x, axes, keep);
  const size = builder.add('Abs', [x]);
  if (order === Number.POSITIVE_INFINITY) return builder.reduce('ReduceMax', size, axes, keep);
  if (order === Number.NEGATIVE_INFINITY) return builder.reduce('ReduceMin', size, axes, keep);
  if (order === 0) return lowering.refuse('it counts what is not 0');
  const powers = builder.add('Pow', [size, builder.scalar(order)]);
  const sum = builder.reduce('ReduceSum', powers, axes, keep);
  // The root has no slope at 0; of its subgradients 0 is taken, as in PyTorch.
  const isZero = builder.add('Equal', [sum, builder.scalar(0)]);
  const apart = builder.add('Where', [isZero, builder.scalar(1), sum]);
  const root = builder.add('Pow', [apart, builder.scalar(1 / order)]);
  return builder.add('Where', [isZero, builder.scalar(0), root]);
}

const norm: Lower = (lowering) => {
  const self = lowering.tensor('self');
  const axes = lowering.axes('dim', self.dims.length);
  const order = lowering.number(lowering.has('ord') ? 'ord' : 'p', 2);
  return result(lowering, sized(lowering, self.tensor, axes, lowering.flag('keepdim'), order));
};

/** Of a vector; of all numbers where no axis and no order are given. */
const anyNorm: Lower = (lowering) => {
  const isMatrix = lowering.has('dim') ? lowering.ints('dim').length > 1 : lowering.has('ord');
  return isMatrix && lowering.has('ord') ? lowering.refuse('it is the norm of a matrix') : norm(lowering);
};

/** ‖x − y‖ₚ of every pair of rows: [… , P, M] and [… , R, M] → [… , P, R]. */
const distances: Lower = (lowering) => {
  const { builder } = lowering;
  const [one, two] = [lowering.tensor('x1'), lowering.tensor('x2')];
  const rank = Math.max(one.dims.length, two.dims.length);
  const apart = builder.add('Sub', [
    builder.unsqueeze(one.tensor, [one.dims.length - 1]),
    builder.unsqueeze(two.tensor, [two.dims.length - 2]),
  ]);
  return result(lowering, sized(lowering, apart, [rank], false, lowering.number('p', 2)));
};

/** ‖x − y + ε‖ₚ along the last axis. */
const pairwise: Lower = (lowering) => {
  const { builder } = lowering;
  const [one, two] = [lowering.tensor('x1'), lowering.tensor('x2')];
  const rank = Math.max(one.dims.length, two.dims.length);
  const epsilon = builder.scalar(lowering.number('eps', 1e-6));
  const apart = builder.add('Add', [builder.add('Sub', [one.tensor, two.tensor]), epsilon]);
  const order = lowering.number('p', 2);
  return result(lowering, sized(lowering, apart, [rank - 1], lowering.flag('keepdim'), order));
};

/** √(x² + y²) as a norm, which has a slope where both are 0. */
const hypotenuse: Lower = (lowering) => {
  const { builder } = lowering;
  const [one, two] = [lowering.tensor('self'), lowering.tensor('other')];
  const rank = Math.max(one.dims.length, two.dims.length);
  const like = builder.add('Add', [one.tensor, two.tensor]);
  const parts = [one, two].map(({ tensor }) => builder.unsqueeze(builder.expandLike(tensor, like), [rank]));
  return result(lowering, builder.reduce('ReduceL2', builder.concat(parts, rank), [rank], false));
};

/** Norms and distances. */
export const normRules: LowerRules = {
  norm,
  linalg_vector_norm: norm,
  linalg_norm: anyNorm,
  cdist: distances,
  _cdist_forward: distances,
  pairwise_distance: pairwise,
  hypot: hypotenuse,
};
