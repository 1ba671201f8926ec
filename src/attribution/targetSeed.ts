import { int } from '../graph/attributes.ts';
import type { GraphBuilder } from '../graph/builder.ts';
import { float32, int64 } from '../graph/tensor.ts';

/**
 * Appends d (logit of the target class) / d logits, of the dims of `logits` [N, C]: 1 at each instance's target class,
 * -1 meaning the predicted one. A single logit speaks for class 1, its negative for class 0.
 * @param target int64 [N]
 */
export function targetSeed(builder: GraphBuilder, logits: string, classes: number, target: string): string {
  const zero = builder.constant(int64([], [0]), 'zero');
  const asked = builder.add('Less', [target, zero]);
  if (classes === 1) return signOfSingleLogit(builder, logits, target, asked);
  const best = builder.add('ArgMax', [logits], { axis: int(1), keepdims: int(0) });
  const chosen = builder.add('Where', [asked, best, target]);
  const offAndOn = builder.constant(float32([2], [0, 1]), 'offAndOn');
  return builder.add('OneHot', [chosen, builder.ints([classes]), offAndOn]);
}

function signOfSingleLogit(builder: GraphBuilder, logit: string, target: string, predicted: string): string {
  const best = builder.toFloat(builder.add('Greater', [logit, builder.scalar(0)]));
  const given = builder.unsqueeze(builder.toFloat(target), [1]);
  const chosen = builder.add('Where', [builder.unsqueeze(predicted, [1]), best, given]);
  return builder.add('Sub', [builder.add('Mul', [chosen, builder.scalar(2)]), builder.scalar(1)]);
}
