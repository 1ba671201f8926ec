import { int } from '../../../graph/attributes.ts';
import type { GraphBuilder } from '../../../graph/builder.ts';

/**
 * Recurrent layers of Keras stand still at masked steps, wherever these lie; those of ONNX only know shorter series.
 * Both say the same when the real steps are put together first and the outputs are spread again: a step's output is
 * that of the last real step up to it.
 */

const INT64 = int(7);

/** [N, T, C] with the real steps in their order at the front, or at the end where the layer runs from there. */
export function realStepsTogether(builder: GraphBuilder, x: string, mask: string, atEnd: boolean): string {
  // Equal values keep their order, so this is a stable sort by the mask.
  const steps = builder.add('Shape', [mask], { start: int(1), end: int(2) });
  const [, order] = builder.addMany('TopK', [builder.toFloat(mask), steps], 2, {
    axis: int(1),
    largest: int(atEnd ? 0 : 1),
    sorted: int(1),
  });
  return gathered(builder, x, order!);
}

/**
 * Outputs [N, T, H] of such a run, at the steps they belong to. A row of zeros stands for "no real step yet".
 * @param zero whether masked steps have the output zero, instead of the one before
 */
export function heldSteps(
  builder: GraphBuilder,
  outputs: string,
  mask: string,
  { backwards, zero }: { readonly backwards: boolean; readonly zero: boolean },
): string {
  const real = builder.add('Cast', [mask], { to: INT64 });
  const seen = builder.add('CumSum', [real, builder.constant(axisOne(), 'axis')]);
  if (!backwards) {
    const index = zero ? builder.add('Mul', [seen, real]) : seen;
    return gathered(builder, builder.pad(outputs, [0, 1, 0, 0, 0, 0]), index);
  }
  // Real steps lie behind the M masked ones; the one at or after step t is number seen − real, the row of zeros is T.
  const masked = builder.add('Cast', [builder.add('Not', [mask])], { to: INT64 });
  const before = builder.reduce('ReduceSum', masked, [1], true);
  const next = builder.add('Add', [before, builder.add('Sub', [seen, real])]);
  const none = builder.add('Add', [before, builder.reduce('ReduceSum', real, [1], true)]);
  const index = zero ? builder.add('Where', [mask, next, none]) : next;
  return gathered(builder, builder.pad(outputs, [0, 0, 0, 0, 1, 0]), index);
}

function axisOne() {
  return { dtype: 'int64' as const, dims: [], data: BigInt64Array.of(1n) };
}

/** Steps of [N, T, C] by the indices [N, T']. */
function gathered(builder: GraphBuilder, x: string, index: string): string {
  const channels = builder.add('Shape', [x], { start: int(2), end: int(3) });
  const ones = builder.ints([1, 1]);
  const wide = builder.add('Expand', [
    builder.unsqueeze(index, [2]),
    builder.add('Concat', [ones, channels], { axis: int(0) }),
  ]);
  return builder.add('GatherElements', [x, wide], { axis: int(1) });
}
