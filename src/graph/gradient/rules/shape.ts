import { intOf, intsOf } from '../../attributes.ts';
import { unary, undoBroadcast } from '../broadcast.ts';
import type { Rule, Rules } from '../rule.ts';
import type { Step } from '../step.ts';

const pass: Rule = unary((step) => step.gradient);
const giveShapeBack: Rule = unary((step) => step.builder.reshapeLike(step.gradient, step.input(0)));

/** Operators that only move values. Shapes are read when the graph runs, so that no batch size is baked in. */
export const shapeRules: Rules = {
  Identity: pass,
  Dropout: unary((step) => {
    const training = step.has(2) ? (step.builder.constantOf(step.input(2))?.data[0] ?? 1) : 0;
    return Number(training) === 0 ? step.gradient : step.refuse('it is in training mode');
  }),
  Cast: unary((step) =>
    castsToFloat(step) ? step.gradient : step.refuse('it casts to another type than float32'),
  ),
  CastLike: unary((step) =>
    step.builder.constantOf(step.input(1))?.dtype === 'float32'
      ? step.gradient
      : step.refuse('it is not known to give float32'),
  ),
  Reshape: giveShapeBack,
  Flatten: giveShapeBack,
  Squeeze: giveShapeBack,
  Unsqueeze: giveShapeBack,
  Transpose: unary((step) => {
    const rank = step.rank(0);
    const perm = intsOf(step.node, 'perm') ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
    return step.builder.transpose(step.gradient, inverse(perm));
  }),
  Expand: (step) => [() => undoBroadcast(step, step.gradient, 0)],
  Tile: unary(tileBackward),
};

/** The permutation that undoes `perm`. */
export function inverse(perm: readonly number[]): number[] {
  const back = new Array<number>(perm.length);
  for (const [to, from] of perm.entries()) back[from] = to;
  return back;
}

function castsToFloat(step: Step): boolean {
  return intOf(step.node, 'to') === 1;
}

/** Each repeated axis is split into (copies, size) and summed over the copies. */
function tileBackward(step: Step): string {
  const dims = step.dims(0);
  const repeats = step.integers(1);
  const { builder } = step;
  let gradient = step.gradient;
  for (let axis = dims.length - 1; axis >= 0; axis--) {
    const copies = repeats[axis]!;
    if (copies === 1) continue;
    if (axis === 0) step.refuse('it repeats the batch');
    // 0 keeps the axes before; those behind are counted.
    const before = dims.slice(0, axis).map(() => 0);
    const behind = dims.slice(axis + 1);
    const split = builder.reshape(gradient, [...before, copies, dims[axis]!, ...behind]);
    gradient = builder.reduce('ReduceSum', split, [axis], false);
  }
  return gradient;
}
