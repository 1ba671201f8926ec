import { int } from '../graph/attributes.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { float32, int64 } from '../graph/tensor.ts';

/** The inputs that say whose score is explained; all of N instances. */
interface TargetInputs {
  /** int64 [N]: class index, -1 for the predicted class. */
  readonly target: string;
  /** int64 [N]: class index, -1 for the most probable of the others, -2 for none; undefined where none is ever meant. */
  readonly against?: string;
  /** float32 [N]: 1, or -1 to turn the score round. */
  readonly sign?: string;
}

/** Appends d score / d logits, of the dims of `logits` [N, C]: 1 at the class, -1 at the one it is set against. */
export function targetSeed(
  builder: GraphBuilder,
  logits: string,
  classes: number,
  { target, against, sign }: TargetInputs,
): string {
  const offAndOn = builder.constant(float32([2], [0, 1]), 'offAndOn');
  const oneHot = (index: string) => builder.add('OneHot', [index, builder.ints([classes]), offAndOn]);
  const zero = builder.constant(int64([], [0]), 'zero');
  const best = (of: string) => builder.add('ArgMax', [of], { axis: int(1), keepdims: int(0) });
  const seed = oneHot(builder.add('Where', [builder.add('Less', [target, zero]), best(logits), target]));
  if (against === undefined || sign === undefined) return seed;
  // What is left of the class itself lies below every logit of float32 size.
  const others = builder.add('Sub', [logits, builder.add('Mul', [seed, builder.scalar(1e38)])]);
  const other = builder.add('Where', [builder.add('Less', [against, zero]), best(others), against]);
  const isMeant = builder.toFloat(builder.add('Less', [builder.constant(int64([], [-2]), 'none'), against]));
  const minus = builder.add('Mul', [oneHot(other), builder.unsqueeze(isMeant, [1])]);
  return builder.add('Mul', [builder.add('Sub', [seed, minus]), builder.unsqueeze(sign, [1])]);
}
