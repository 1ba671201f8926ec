import { int } from '../graph/attributes.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { float32, int64 } from '../graph/tensor.ts';

/**
 * Appends d (logit of the target class) / d logits, of the dims of `logits` [N, C]: 1 at each instance's target class.
 * A target of -1 is the predicted class.
 * @param target int64 [N]
 */
export function targetSeed(builder: GraphBuilder, logits: string, classes: number, target: string): string {
  const zero = builder.constant(int64([], [0]), 'zero');
  const asked = builder.add('Less', [target, zero]);
  const best = builder.add('ArgMax', [logits], { axis: int(1), keepdims: int(0) });
  const chosen = builder.add('Where', [asked, best, target]);
  const offAndOn = builder.constant(float32([2], [0, 1]), 'offAndOn');
  return builder.add('OneHot', [chosen, builder.ints([classes]), offAndOn]);
}
